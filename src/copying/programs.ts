import type { ChatApp } from '../chat/chatMessage';
import { minify } from '../json/layout';
import { credentialVariables } from '../requests/credentialVariables';
import { goBody, javaBody, jsBody, phpBody, phpQuoted, pythonBody, quoted, shellQuoted } from './literals';

/** A call with all that it takes but a secret: code takes that from the environment when it runs. */
export interface CopiedCall {
  readonly app: ChatApp;
  /** `service/command`. */
  readonly command: string;
  /** As it is sent. */
  readonly body: string;
}

/** A language that a call can be copied in. */
export type Program = 'curl' | 'node' | 'java' | 'go' | 'python' | 'php';

/** Seconds that a UserSig is valid which such a program makes for itself. */
const LIFETIME = 3600;
const KEY = credentialVariables.secretKey;

/** A call as a whole program that makes it and prints the answer. */
export const programs: Readonly<Record<Program, (call: CopiedCall) => string>> = {
  curl,
  node,
  java,
  go,
  python,
  php,
};

function urlOf({ app, command }: CopiedCall): string {
  return `${app.endpoint}/v4/${command}`;
}

/** The same bytes as are sent: what stands between tokens is left out. */
function curl(call: CopiedCall): string {
  const { sdkAppId, administrator } = call.app;
  // An exclamation mark is the history's in an interactive shell, even between double quotes.
  const identifier = encodeURIComponent(administrator).replaceAll('!', '%21');
  const query = `sdkappid=${sdkAppId}&identifier=${identifier}&usersig=$${credentialVariables.userSig}&random=\${RANDOM:-1}&contenttype=json`;
  return `curl "${urlOf(call)}?${query}" \\
  --header 'Content-Type: application/json' \\
  --data-raw ${shellQuoted(minify(call.body))}
`;
}

/** With the signer of npm, `tls-sig-api-v2`; Node 18 and later have `fetch`. */
function node(call: CopiedCall): string {
  const { sdkAppId, administrator } = call.app;
  return `// npm install tls-sig-api-v2
const { Api } = require('tls-sig-api-v2');

const identifier = ${quoted(administrator)};
const query = new URLSearchParams({
  sdkappid: '${sdkAppId}',
  identifier,
  usersig: new Api(${sdkAppId}, process.env.${KEY}).genUserSig(identifier, ${LIFETIME}),
  random: String(Math.floor(Math.random() * 2 ** 32)),
  contenttype: 'json',
});
const body = ${jsBody(call.body)};

fetch(\`${urlOf(call)}?\${query}\`, {
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body,
})
  .then((response) => response.text())
  .then((answer) => console.log(answer));
`;
}

/** Without a package: the signature is made as page 269/1519 has it. */
function python(call: CopiedCall): string {
  const { sdkAppId, administrator } = call.app;
  return `import base64, hashlib, hmac, json, os, random, time, urllib.parse, urllib.request, zlib

sdk_app_id = ${sdkAppId}
identifier = ${quoted(administrator)}


def user_sig(key, lifetime):
    now = int(time.time())
    text = f"TLS.identifier:{identifier}\\nTLS.sdkappid:{sdk_app_id}\\nTLS.time:{now}\\nTLS.expire:{lifetime}\\n"
    digest = hmac.new(key.encode(), text.encode(), hashlib.sha256).digest()
    parts = {
        "TLS.ver": "2.0",
        "TLS.identifier": identifier,
        "TLS.sdkappid": sdk_app_id,
        "TLS.time": now,
        "TLS.expire": lifetime,
        "TLS.sig": base64.b64encode(digest).decode(),
    }
    packed = base64.b64encode(zlib.compress(json.dumps(parts).encode())).decode()
    return packed.translate(str.maketrans("+/=", "*-_"))


query = urllib.parse.urlencode(
    {
        "sdkappid": sdk_app_id,
        "identifier": identifier,
        "usersig": user_sig(os.environ["${KEY}"], ${LIFETIME}),
        "random": random.randrange(2**32),
        "contenttype": "json",
    }
)
body = ${pythonBody(call.body)}

request = urllib.request.Request(
    f"${urlOf(call)}?{query}",
    data=body.encode(),
    headers={"Content-Type": "application/json"},
)
print(urllib.request.urlopen(request).read().decode())
`;
}

/** With the signer of Maven, `com.github.tencentyun:tls-sig-api-v2`; text blocks want Java 15. */
function java(call: CopiedCall): string {
  const { sdkAppId, administrator } = call.app;
  return `// Java 15 or later, and com.github.tencentyun:tls-sig-api-v2:2.0
import com.tencentyun.TLSSigAPIv2;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;

public class CallChat {
    public static void main(String[] args) throws Exception {
        long sdkAppId = ${sdkAppId}L;
        String identifier = ${quoted(administrator)};
        String userSig = new TLSSigAPIv2(sdkAppId, System.getenv("${KEY}")).genUserSig(identifier, ${LIFETIME});
        String query = "sdkappid=" + sdkAppId
                + "&identifier=" + URLEncoder.encode(identifier, StandardCharsets.UTF_8)
                + "&usersig=" + userSig
                + "&random=" + ThreadLocalRandom.current().nextLong(1L << 32)
                + "&contenttype=json";
        String body = ${javaBody(call.body, ' '.repeat(16))};
        HttpRequest request = HttpRequest.newBuilder(URI.create("${urlOf(call)}?" + query))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        System.out.println(HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body());
    }
}
`;
}

/** With the signer of the module `github.com/tencentyun/tls-sig-api-v2-golang`. */
function go(call: CopiedCall): string {
  const { sdkAppId, administrator } = call.app;
  return `package main

import (
	"fmt"
	"io"
	"log"
	"math/rand"
	"net/http"
	"net/url"
	"os"
	"strings"

	"github.com/tencentyun/tls-sig-api-v2-golang/tencentyun"
)

func main() {
	identifier := ${quoted(administrator)}
	userSig, err := tencentyun.GenUserSig(${sdkAppId}, os.Getenv("${KEY}"), identifier, ${LIFETIME})
	if err != nil {
		log.Fatal(err)
	}
	query := url.Values{
		"sdkappid":    {"${sdkAppId}"},
		"identifier":  {identifier},
		"usersig":     {userSig},
		"random":      {fmt.Sprint(rand.Uint32())},
		"contenttype": {"json"},
	}
	body := ${goBody(call.body)}

	response, err := http.Post("${urlOf(call)}?"+query.Encode(), "application/json", strings.NewReader(body))
	if err != nil {
		log.Fatal(err)
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(string(answer))
}
`;
}

/** With the signer of Composer, `tencent/tls-sig-api-v2`. */
function php(call: CopiedCall): string {
  const { sdkAppId, administrator } = call.app;
  return `<?php
// composer require tencent/tls-sig-api-v2
require 'vendor/autoload.php';

$identifier = ${phpQuoted(administrator)};
$api = new \\Tencent\\TLSSigAPIv2(${sdkAppId}, getenv('${KEY}'));
$query = http_build_query([
    'sdkappid' => ${sdkAppId},
    'identifier' => $identifier,
    'usersig' => $api->genUserSig($identifier, ${LIFETIME}),
    'random' => random_int(0, 4294967295),
    'contenttype' => 'json',
]);
$body = ${phpBody(call.body)};

$context = stream_context_create(['http' => [
    'method' => 'POST',
    'header' => 'Content-Type: application/json',
    'content' => $body,
]]);
echo file_get_contents('${urlOf(call)}?' . $query, false, $context);
`;
}
