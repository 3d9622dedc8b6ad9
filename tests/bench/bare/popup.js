document.getElementById('record')?.addEventListener('click', () => chrome.runtime.sendMessage('resume'));
