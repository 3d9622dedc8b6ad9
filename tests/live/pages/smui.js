import View from './smui.svelte';
import { show } from '../with/svelte.js';

export default show(View);
