// The tests that cannot pass against the Windows host under Wine, each with its reason: files that are not
// run, and tests whose failure does not count. Unit test files that are not built: tests/host/windows.cmake.
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const PROCESS = 'tests/host/process';

const DRIVE = 'it names a file by a path of Unix, which has no drive and so counts as relative';
const PLACE = 'it compares a path of Unix with the same one as Windows names it';
const XDG = 'it puts the person\'s files below HOME and XDG_…; on Windows they are in AppData';
const NUMBER = 'it compares the process\'s number of Unix with that of Windows';
const MODES = 'it needs owners and modes, which Wine does not make permissions of';
const LINKS = 'mingw\'s library makes no symbolic links';
const BROWSERS = 'it puts browsers and manifests into folders of Linux; on Windows they are in the registry';
const OPEN = 'it deletes or cuts files that the host has open or mapped, which Windows refuses';
const SIGNALS = 'there are no signals; a person tries the log-off (manifests/windows/acceptance.md)';
const POSIX = 'it needs namespaces, mounts or preloaded libraries of Linux';
const SHARED_CLOCK = 'it runs in real time for minutes, and Wine shows nothing new';

/** Unit tests, as GoogleTest names them. @type {Record<string, string>} */
const UNITS = {
  'BrowserTable.HasFullPathsAndASignForEachRow': DRIVE,
  'CommandLine.AnUnmuteThatIsNotSentNamesItsReason': 'under Wine its parent is no program of Windows',
  'ConfigurationFiles.MachineFileThatOthersCanWriteIsRefusedAndTheUsersDoesNotReplaceIt': MODES,
  'Doctor.ChecksTheManifests': BROWSERS,
  'Doctor.FindsNothingWrong': BROWSERS,
  'Doctor.SaysThatTheStateFolderIsNotOnADiskOfThisComputer': LINKS,
  'DoctorOfBrowsers.*': BROWSERS,
  'ExampleConfiguration.LoadsAsItIs': MODES,
  'Installation.ForTheMachineServesOnlyInstalledBrowsers': MODES,
  'Installation.LeavesAFileOfItsNameThatIsNotItsOwn': LINKS,
  'Installation.WritesTheManifestThatEachKindOfBrowserReads': MODES,
  'InstallationCommands.*': BROWSERS,
  'LogTest.FilesAreBoundedInSizeAndNumber': MODES,
  'LogTest.FolderAndFileAreOnlyForTheirOwner': MODES,
  'LogTest.LineHasTimeProcessEventAndFields': 'GoogleTest\'s own regular expressions know no classes',
  'Lengths/CutIndex.*': OPEN,
  'MachineFile.HoldsWhereTheUsersFileIsAFolderOrCannotBeRead': LINKS,
  'MachineFile.NamesACaFileThatOthersCanWrite': MODES,
  'MachineFile.NamesThePersonsFilesThatOthersCanWriteOrRead': MODES,
  'MachineFile.ThatHasTheCodeItselfIsNamedIfEverybodyCanReadIt': MODES,
  'MachineFile.ThatIsABrokenLinkIsAMistakeAndNotAMissingFile': LINKS,
  'MachineFile.UsersFileThatOthersCanWriteIsUsedWithAWarning': MODES,
  'ManifestFlaws.AreNamedOneByOne': 'a manifest of Windows may name its program without a folder',
  'RemovedFiles.AreNoticedAndCreatedAgain': OPEN,
  'SessionTest.IsNotUnprotectedWhenTheStoreIsCreatedAgain': OPEN,
  'SessionTest.OutstandingMutesAreRecordedAgainInANewStore': OPEN,
  'Starts.OfThisMachineAreRecognizedByAnyOfItsIdentities': OPEN,
  'Starts.ThatWereTakenForDeadRecordEverythingAgain': OPEN,
  'StoreOutcomes.AStoreThatFailsIsNotCurrent': OPEN,
  'StoreOutcomes.AreKeptAfterTheFileWasDeleted': OPEN,
  'StoreOutcomes.AreReadableByTheirPersonOnlyAndGoWithTheProcess': MODES,
  'Voicenter/WrongConfiguration.*/C*FileMissing': DRIVE,
  'Voicenter/WrongConfiguration.*/CodeWithASlashInPlaceOfItsFile': DRIVE,
  'Voicenter/WrongConfiguration.*/PinFileMissing': DRIVE,
};

/** Files of process tests. @type {Record<string, string>} */
const FILES = {
  'ca_file.test.js': DRIVE,
  'disk.test.js': 'it cuts files that are mapped, which Windows refuses, and fills the disk',
  'extension_check.test.js': XDG,
  'machine_file.test.js': MODES,
  'other_machine.test.js': POSIX,
  'real_time.test.js': SHARED_CLOCK,
  'real_time_kills.test.js': SHARED_CLOCK,
  'report.test.js': PLACE,
  'second_provider.test.js': 'it runs another program than the one that Wine runs',
  'slow_files.test.js': POSIX,
  'state_folder.test.js': MODES,
};

/** Process tests, or groups of them, by their whole name. @type {Record<string, string>} */
const TESTS = {
  'Firefox is served': DRIVE,
  'another add-on: one error frame, exit code 77, and its request is not carried out': DRIVE,
  'Firefox that names no add-on: one error frame, exit code 77, and its request is not carried out': DRIVE,
  'each wrong configuration is answered with its file, key and expectation': PLACE,
  'TLS': DRIVE,
  'https is tunnelled through the configured proxy, with its name and password': DRIVE,
  'a proxy that refuses the tunnel: unreachable, named, without its password': DRIVE,
  'in the file with the code': DRIVE,
  'a burst of requests in one write: every one is answered, and the form stays muted':
    'Wine writes no more into a full pipe of Unix; pipes.test.js shows it at Windows\' pipes',
  'host and settler write no core dumps': 'it reads the limits of a process of Linux',
  'host and settler are not dumpable': 'it reads whom the files of a process of Linux belong to',
  'the code of Active Calls is in no memory after its request': 'it reads the memory of a process of Linux',
  'SIGTERM is a normal end: the open form\'s call is unmuted': SIGNALS,
  'SIGHUP is a normal end: the open form\'s call is unmuted': SIGNALS,
  'a table of extensions': DRIVE,
  'the answer in the popup': XDG,
  'the log has one line for each event, and of the page only the origin': NUMBER,
  'a message cannot forge a line of the log': NUMBER,
  'a running host describes its state in a file, and deletes it at its end': NUMBER,
  'log and state are the user\'s own': MODES,
  'the log goes to "both"': 'it listens where syslog(3) writes; on Windows the lines go to the event log',
  'the log goes to "syslog"': 'it listens where syslog(3) writes; on Windows the lines go to the event log',
  'the log goes to "file"': 'it listens where syslog(3) writes; on Windows the lines go to the event log',
  'writes a proof that another person\'s configuration can carry': DRIVE,
  'that is interrupted is still unmuted': SIGNALS,
  'an unusable store is reported, and nothing else changes': 'its store is below /dev/null',
};

/**
 * @param {string} log what the test runner has printed, in TAP
 * @returns {string[]} the tests that have failed and are not in the table, nor in a group that is
 */
function failuresIn(log) {
  /** @type {{depth: number, name: string}[]} */
  let found = [];
  const lines = log.split('\n');
  for (const [at, line] of lines.entries()) {
    const [, indent = '', name = ''] = /^( *)not ok \d+ - (.*)$/.exec(line) ?? [];
    if (name === '') continue;
    // A group comes after its tests.
    const own = (/** @type {{depth: number}} */ { depth }) => depth > indent.length;
    const is_group = lines.slice(at, at + 6).some((next) => next.includes("failureType: 'subtestsFailed'"));
    if (name.replaceAll('\\#', '#') in TESTS) found = found.filter((each) => !own(each));
    else if (!is_group) found.push({ depth: indent.length, name });
  }
  return found.map(({ name }) => name);
}

/** The answers to the questions of scripts/test-windows. @type {Record<string, () => string>} */
const ANSWERS = {
  units: () => Object.keys(UNITS).join(':'),
  files: () => readdirSync(`${ROOT}${PROCESS}`)
    .filter((file) => file.endsWith('.test.js') && !(file in FILES))
    .map((file) => path.posix.join(PROCESS, file)).join('\n'),
  failures: () => failuresIn(readFileSync(process.argv[3], 'utf8')).join('\n'),
};

const answer = ANSWERS[process.argv[2] ?? ''];
if (answer) console.log(answer());
