// Tests the payment providers' frames under their real host names. A visible card frame is a payment form.
// The provider's script, its helper frames and a hidden card frame are no payment form.
import assert from 'node:assert/strict';
import * as runner from 'node:test';
import { bannerShows } from './harness/banner.js';
import { framePaths, PROVIDER_HOSTS, PROVIDERS, serveProviders } from './harness/provider-pages.js';
import { inBothBrowsers } from './harness/scene.js';

const { before, after, it } = runner;

/** @type {Awaited<ReturnType<typeof serveProviders>>} */
let server;
before(async () => { server = await serveProviders(); });
after(() => server.close());

// The early mute is off, so that only a frame can mute the call.
const OPTIONS = { local_hosts: PROVIDER_HOSTS, any_certificate: true, policy: { premute: false } };

inBothBrowsers(runner, 'payment providers', OPTIONS, (scene) => {
  const address = (host, path) => `https://${host}:${server.port}${path}`;
  const insert = (page, addresses) => page.evaluate(`insert(...${JSON.stringify(addresses)})`);
  const add = (page, name, src, style = '') =>
    page.evaluate(`add(${JSON.stringify(name)}, { src: ${JSON.stringify(src)} }, ${JSON.stringify(style)})`);
  const mutesSince = ({ seq: since }) => scene().simulator.events.filter(({ type, command, seq }) =>
    type === 'request.received' && command === 'mute' && seq > since);

  it('each card frame mutes while it is there, with the banner in the page around it', async () => {
    const page = await scene().open('provider-checkout.html');
    for (const provider of PROVIDERS) {
      const { host, path } = provider;
      const opening = scene().simulator.mark(`${host}${path}`);
      await insert(page, framePaths(provider).map((one) => address(host, one)));
      await scene().muted(opening);
      await bannerShows(page, 'muted');
      const closing = scene().simulator.mark(`${host}${path} goes`);
      await page.evaluate('remove()');
      await scene().simulator.waitFor({ type: 'call.unmuted' }, { after: closing.seq });
      await scene().countCyclesAnew();
      await page.bringToFront();
    }
  });

  it('if each field has a frame, the mute ends with the last frame', async () => {
    const page = await scene().open('provider-checkout.html');
    const provider = PROVIDERS.find(({ apart }) => apart);
    const opening = scene().simulator.mark('opens');
    await insert(page, framePaths(provider).map((one) => address(provider.host, one)));
    await scene().muted(opening);
    await page.evaluate(() => document.querySelector('iframe').remove());
    await bannerShows(page, 'muted');
    const closing = scene().simulator.mark('the rest goes');
    assert.deepEqual(scene().simulator.events.filter(({ command, seq }) =>
      command === 'unmute' && seq > opening.seq && seq < closing.seq), []);
    await page.evaluate('remove()');
    await scene().simulator.waitFor({ type: 'call.unmuted' }, { after: closing.seq });
  });

  it('a provider\'s script, a helper frame and a hidden card frame are no payment form', async () => {
    const page = await scene().open('provider-checkout.html');
    const opening = scene().simulator.mark('opens');
    const stripe = (path) => address('js.stripe.com', path);
    await add(page, 'script', stripe('/v3/stripe.js'));
    await insert(page, [stripe('/v3/controller-1f2e.html'), stripe('/v3/m-outer-1f2e.html')]);
    const hidden = ['display: none', 'visibility: hidden', 'opacity: 0', 'width: 1px; height: 1px',
      'position: absolute; left: -2000px'];
    for (const style of hidden) {
      const size = 'width: 400px; height: 60px';
      await add(page, 'iframe', stripe('/v3/elements-inner-card-1f2e.html'), `${size}; ${style}`);
    }
    // The card frame is inserted last, so all other frames have been judged. The first mute must be for the
    // card frame.
    const shown = scene().simulator.mark('a card frame is shown');
    await insert(page, [stripe('/v3/elements-inner-card-1f2e.html')]);
    await scene().muted(shown);
    assert.deepEqual(mutesSince(opening).filter(({ seq }) => seq < shown.seq), []);
    const closing = scene().simulator.mark('it goes, the hidden ones stay');
    await page.evaluate(() => document.querySelector('#frames').lastElementChild.remove());
    await scene().simulator.waitFor({ type: 'call.unmuted' }, { after: closing.seq });
  });
});
