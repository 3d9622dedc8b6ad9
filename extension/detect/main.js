// The entry point of the detector's bundle, which is injected into frames with a field; see
// content/detector-loader.js.

import { cardFrameHost } from '../common/card-frames.js';
import { DETECTOR } from '../common/marks.js';
import { evidenceOf } from './evidence.js';
import { judge, judgeSeen } from './judge.js';

export const detector = { evidenceOf, judge, judgeSeen, cardFrameHost };

/** @type {{[DETECTOR]?: (brought: typeof detector) => void}} */ (globalThis)[DETECTOR]?.(detector);
