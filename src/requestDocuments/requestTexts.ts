import * as vscode from 'vscode';
import type { ComposeProblem } from '../requests/compose';
import type { RequestProblemId } from '../requests/problems';

/** A problem of a request document in words. @param subject what is meant */
export function requestProblemText(id: RequestProblemId | ComposeProblem, subject: string): string {
  switch (id) {
    case 'noRequest':
      return vscode.l10n.t('There is no request line here, such as POST {{endpoint}}/v4/openim/sendmsg.');
    case 'noUrl':
      return vscode.l10n.t('A URL is {{endpoint}}/v4/<service>/<command>.');
    case 'otherHost':
      return vscode.l10n.t(
        'Another host than that of the connection: a signature goes to its endpoint only. Write {{endpoint}}.',
      );
    case 'credentials':
      return vscode.l10n.t('A URL with a name and a password in it is not called.');
    case 'noCall':
      return vscode.l10n.t('The path of a call is /v4/<service>/<command>, in small letters.');
    case 'variable':
      return vscode.l10n.t('In a URL only {{endpoint}} is filled in, at its beginning.');
    case 'notPost':
      return vscode.l10n.t('Every call of the service is a POST.');
    case 'endpointSet':
    case 'connectionNameSet':
      return vscode.l10n.t('{0} is what the connection says; a document cannot set it.', subject);
    case 'notJsonValue':
      return vscode.l10n.t('The value of {0} is a text. Put quotes around it.', subject);
    case 'unknownCall':
      return vscode.l10n.t(
        '{0} is not known here. It can be sent, and is asked about as a call that cannot be undone.',
        subject,
      );
    case 'memberMissing':
      return vscode.l10n.t('{0} is missing, which this call needs.', subject);
    case 'memberType':
      return vscode.l10n.t('Another type is expected here: {0}', subject);
    case 'memberValue':
      return vscode.l10n.t('Another value is expected here: {0}', subject);
    case 'memberItems':
      return vscode.l10n.t('Another number of items is expected here: {0}', subject);
    case 'memberBytes':
      return vscode.l10n.t('Another length in bytes is expected here: {0}', subject);
    case 'unknownVariable':
      return vscode.l10n.t('There is no value {0}. Set one with @{0} = value.', subject);
    case 'unknownRequest':
      return vscode.l10n.t('No request is named {0}.', subject);
    case 'noAnswer':
      return vscode.l10n.t(
        '{0} takes a value of an answer that is not there yet. Send that request first.',
        subject,
      );
    case 'noSuchMember':
      return vscode.l10n.t('The answer has nothing at {0}.', subject);
    case 'noEnvironment':
      return vscode.l10n.t('The environment has no such variable, or may not be read: {0}', subject);
    case 'circle':
      return vscode.l10n.t('{0} is made of itself.', subject);
    case 'badArguments':
      return vscode.l10n.t('{0} cannot be made: write {{$randomInt 1 100}} or {{$timestamp -1 d}}.', subject);
    case 'secret':
      return vscode.l10n.t('A secret is written down here. It is never needed: the connection signs.');
    case 'queryIgnored':
      return vscode.l10n.t('The query is made when the request is sent; this one is left out: {0}', subject);
    case 'headerIgnored':
      return vscode.l10n.t('The header {0} is not sent.', subject);
    case 'lineIgnored':
      return vscode.l10n.t('This line says nothing here and is not sent. A body stands below an empty line.');
    case 'fileBody':
      return vscode.l10n.t('A body is not read from a file here. Write it down.');
    case 'secondRequest':
      return vscode.l10n.t('A request begins here inside the body of another one. Put ### before it.');
    case 'badExpectation':
      return vscode.l10n.t(
        'An expectation is a member and its value: ErrorCode 0, or $.MsgList[0].From_Account "alice".',
      );
    case 'unknownDirective':
      return vscode.l10n.t('@{0} says nothing here. There are @name, @connection and @expect.', subject);
    case 'nameTwice':
      return vscode.l10n.t('Two requests are named {0}; the answer of the last one sent counts.', subject);
    case 'noConnection':
      return vscode.l10n.t('There is no connection named {0}.', subject);
  }
}
