// The plugins of jQuery look for it in the page.
import $ from 'jquery';

Object.assign(globalThis, { $, jQuery: $ });
