// The public keys in the package: a JSON Web Key Set (RFC 7517) of P-256 keys, by their ids.
import { createPublicKey } from 'node:crypto';

/** During a key rotation there are two; more than 16 can only be a mistake. */
const MAX_KEYS = 16;

/**
 * Reads a key set. Without keys, every token is invalid.
 * @param {string} text The content of keys.json, as `isobar token keys --file` writes it.
 * @returns {Map<string, import('node:crypto').KeyObject>}
 * @throws {Error} There is a private key, a key of another kind, an id twice, or too many keys. The function then fails
 * for every request: better than to trust a wrong key.
 */
export function readKeys(text) {
  const { keys } = JSON.parse(text);
  if (!Array.isArray(keys)) throw new Error('keys.json is not a JSON Web Key Set.');
  if (keys.length > MAX_KEYS) throw new Error(`keys.json has more than ${MAX_KEYS} keys.`);
  const read = new Map();
  for (const { kid, kty, crv, x, y, d } of keys) {
    // No message may quote the key: a private part could be in it, and would be logged.
    if (typeof kid !== 'string' || kid === '') throw new Error('A key in keys.json has no id (kid).');
    if (d !== undefined) throw new Error(`Key ${kid} has a private part (d). Give the public key only.`);
    if (kty !== 'EC' || crv !== 'P-256') throw new Error(`Key ${kid} is not an EC key for P-256.`);
    if (read.has(kid)) throw new Error(`keys.json has two keys with the id ${kid}.`);
    read.set(kid, publicKey(kid, { kty, crv, x, y }));
  }
  return read;
}

function publicKey(kid, jwk) {
  try {
    return createPublicKey({ key: jwk, format: 'jwk' });
  } catch {
    throw new Error(`The coordinates x and y of key ${kid} are not a point of P-256.`);
  }
}
