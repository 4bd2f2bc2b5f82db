import * as vscode from 'vscode';
import type { Finding } from '../chat/signatures/finding';
import { fullTime } from '../ui/times';
import { slipText } from './slipTexts';

/** A finding as a sentence, with what mends it where it is bad. */
export function findingText({ id, values }: Finding): string {
  const [first = '', second = ''] = values;
  switch (id) {
    case 'nothing':
      return vscode.l10n.t('There is no UserSig in this text.');
    case 'leftOut':
      return vscode.l10n.t('The UserSig was left out of this text. Take it from where it is made or sent.');
    case 'foundInside':
      return vscode.l10n.t('It was found inside a longer text.');
    case 'blanks':
      return vscode.l10n.t('Blanks, line breaks or quotes stand in it. Send it without them.');
    case 'percentEncoded':
      return vscode.l10n.t(
        'It is percent-encoded. Decode it, or encode it only once where it goes into a URL.',
      );
    case 'standardBase64':
      return vscode.l10n.t(
        'It is standard base64. A UserSig has * for +, - for / and _ for =: a signer of one’s own left that out.',
      );
    case 'plusAsBlank':
      return vscode.l10n.t(
        'It is standard base64, and its + became blanks in a query. A UserSig has * for +, - for / and _ for =.',
      );
    case 'base64Url':
      return vscode.l10n.t(
        'It is base64url of RFC 4648. A UserSig has an alphabet of its own: * for +, - for / and _ for =.',
      );
    case 'notCompressed':
      return vscode.l10n.t('Its JSON was not compressed. Compress it with zlib before it is encoded.');
    case 'gzip':
      return vscode.l10n.t('It was compressed as gzip. The service wants zlib.');
    case 'rawDeflate':
      return vscode.l10n.t(
        'It was compressed without the header of zlib (raw deflate). The service wants zlib.',
      );
    case 'cut':
      return vscode.l10n.t(
        'It was cut: after {0} characters its end is missing. Look for a column, a cookie or a log line that is too short.',
        first,
      );
    case 'damaged':
      return vscode.l10n.t(
        'It cannot be decoded: characters were changed or left out, or it never was a UserSig.',
      );
    case 'encoding':
      return vscode.l10n.t('It is encoded and compressed as a UserSig is.');
    case 'notJson':
      return vscode.l10n.t('What is inside is no JSON object.');
    case 'members':
      return vscode.l10n.t('Missing inside, or not of the right type: {0}', first);
    case 'current':
      return vscode.l10n.t('TLSSigAPIv2, version {0}.', first);
    case 'version':
      return vscode.l10n.t('Its version is {0}; signers of today write 2.0.', first);
    case 'keyPair':
      return vscode.l10n.t(
        'It is of the generation before TLSSigAPIv2, signed with a private key. An app that has a secret key only refuses it (70016, 70009).',
      );
    case 'account':
      return vscode.l10n.t('It is for the account {0}.', first);
    case 'otherAccount':
      return vscode.l10n.t(
        'It is for the account {0}, and used for {1}. Sign for the account that logs in.',
        first,
        second,
      );
    case 'accountBlanks':
      return vscode.l10n.t('The account begins or ends with a blank, which is part of it.');
    case 'accountLong':
      return vscode.l10n.t('The account has {0} bytes; 32 are allowed.', first);
    case 'app':
      return vscode.l10n.t('It is for the SDKAppID {0}.', first);
    case 'otherApp':
      return vscode.l10n.t(
        'It is for the SDKAppID {0}, and used for {1}. Use the same app for both.',
        first,
        second,
      );
    case 'key':
      return vscode.l10n.t('It was signed with the key of {0}.', first);
    case 'keyOfOtherApp':
      return vscode.l10n.t(
        'It was signed with the key of {0} (SDKAppID {1}), but says that it is for {2}. Use key and SDKAppID of one app.',
        first,
        second,
        values[2] ?? '',
      );
    case 'keySlip':
      return vscode.l10n.t('It was signed with the key of {0} {1}.', first, slipText(String(second)));
    case 'otherKey':
      return vscode.l10n.t(
        'It was not signed with the key of {0}, whose app it is for: the key is another app’s or an old one, or something inside was changed afterwards.',
        first,
      );
    case 'keyUnknown':
      return vscode.l10n.t(
        'Whether its key is right cannot be told: no connection here has the key of its app ({0} keys tried).',
        first,
      );
    case 'keyPairUnknown':
      return vscode.l10n.t('Whether its key is right cannot be told: that takes the public key of the app.');
    case 'keyPairSigned':
      return vscode.l10n.t('It was signed with the private key that belongs to this public key.');
    case 'keyPairOther':
      return vscode.l10n.t(
        'It was not signed with the private key that belongs to this public key, or something inside was changed afterwards.',
      );
    default:
      return timeText(id, values);
  }
}

function timeText(id: Finding['id'], [first = 0, second = 0, third = 0]: Finding['values']): string {
  const at = (seconds: string | number): string => fullTime(Math.min(Number(seconds), 8.64e12));
  switch (id) {
    case 'valid':
      return vscode.l10n.t('It is valid: signed {0}, until {1}.', at(first), at(second));
    case 'expired':
      return vscode.l10n.t('It has expired: signed {0}, it ended {1}. Sign again.', at(first), at(second));
    case 'notYet':
      return vscode.l10n.t(
        'It is not valid yet: signed {0}, which is in the future. Set the clock of the signing machine.',
        at(first),
      );
    case 'milliseconds':
      return vscode.l10n.t('TLS.time is in milliseconds. It has to be in seconds.');
    case 'expireIsMoment':
      return vscode.l10n.t(
        'TLS.expire is {0}, which looks like a moment. It is a lifetime in seconds.',
        first,
      );
    case 'shortLived':
      return vscode.l10n.t('It lives for {0} seconds; a day at least is advised.', first);
    case 'serviceClock':
      return vscode.l10n.t(
        'By this machine’s clock it would be judged otherwise; the service’s clock is {0} seconds ahead, and that one counts.',
        first,
      );
    case 'userBuf':
      return vscode.l10n.t(
        'It has a user buffer for real-time audio and video: room {0}, privileges {1}, until {2}.',
        first,
        second,
        at(third),
      );
    case 'userBufBroken':
      return vscode.l10n.t('Its user buffer (TLS.userbuf) cannot be read.');
    case 'userBufAccount':
      return vscode.l10n.t('The user buffer is for the account {0}, the UserSig for {1}.', first, second);
    case 'userBufApp':
      return vscode.l10n.t('The user buffer is for the SDKAppID {0}, the UserSig for {1}.', first, second);
    case 'userBufExpiry':
      return vscode.l10n.t('The user buffer ends {0}, the UserSig {1}.', at(first), at(second));
    default:
      return id;
  }
}
