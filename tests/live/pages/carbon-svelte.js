import View from './carbon-svelte.svelte';
import { show } from '../with/svelte.js';

export default show(View);
