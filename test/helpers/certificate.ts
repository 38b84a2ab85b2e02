import { generateKeyPairSync, sign } from 'node:crypto';

const ecdsaWithSha256 = der(0x30, der(0x06, Buffer.from('2a8648ce3d040302', 'hex')));

/** Makes a certificate for localhost and a loopback address, signed by itself, and its key; both PEM. */
export function makeCertificate(address = '127.0.0.1'): { cert: string; key: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const body = tbsCertificate(publicKey.export({ type: 'spki', format: 'der' }), address);
  const signature = sign('sha256', body, privateKey);
  const whole = der(0x30, body, ecdsaWithSha256, der(0x03, Buffer.from([0]), signature));
  const lines = whole.toString('base64').replace(/.{64}/g, '$&\n');
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

/** RFC 5280, 4.1. */
function tbsCertificate(spki: Buffer, address: string): Buffer {
  const commonName = der(0x30, der(0x06, Buffer.from('550403', 'hex')), der(0x0c, Buffer.from('localhost')));
  const name = der(0x30, der(0x31, commonName));
  const times = ['200101000000Z', '491231235959Z'].map((time) => der(0x17, Buffer.from(time)));
  return der(
    0x30,
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1])),
    ecdsaWithSha256,
    name,
    der(0x30, ...times),
    name,
    spki,
    der(
      0xa3,
      der(0x30, extension('551d13', der(0x30, der(0x01, Buffer.from([0xff])))), subjectNames(address)),
    ),
  );
}

function subjectNames(address: string): Buffer {
  return extension(
    '551d11',
    der(0x30, der(0x82, Buffer.from('localhost')), der(0x87, Buffer.from(address.split('.').map(Number)))),
  );
}

function extension(oid: string, value: Buffer): Buffer {
  return der(0x30, der(0x06, Buffer.from(oid, 'hex')), der(0x04, value));
}

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}
