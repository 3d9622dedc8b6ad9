import angular from 'angular';
import creditCards from 'angular-credit-cards';
import { show } from '../with/html.js';

angular.module('crm', [creditCards]);

export default show(`<form name="form"><span>Number</span><input type="text" ng-model="card.number" cc-number
  cc-type="cardType"><span>CVC</span><input type="text" ng-model="card.cvc" cc-cvc>
  <div cc-exp><span>Month</span><input ng-model="card.expMonth" cc-exp-month><span>Year</span>
  <input ng-model="card.expYear" cc-exp-year></div></form>`,
(root) => { angular.bootstrap(root.firstElementChild, ['crm']); });
