import { Model } from 'survey-core';
import { renderSurvey } from 'survey-js-ui';
import 'survey-core/survey-core.css';

const elements = [['q1', 'Card number'], ['q2', 'Expiration date'], ['q3', 'Security code']]
  .map(([name, title]) => ({ type: 'text', name, title }));

export default (root) => {
  renderSurvey(new Model({ elements }), root);
  return () => root.replaceChildren();
};
