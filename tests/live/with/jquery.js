// jQuery's plugins look for jQuery in the page's global names.
import $ from 'jquery';

Object.assign(globalThis, { $, jQuery: $ });
