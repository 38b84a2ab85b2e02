import { describe, expect, it, test } from 'vitest';
import { phoneForm } from '../../src/methods/phone-form.ts';
import { fictional } from './fictional-numbers.ts';
import { problemsOf } from './problems-of.ts';

const rules = {
  countries: ['NL', 'DE'],
  defaultCountry: 'NL',
  differentFrom: fictional.nlLandline,
  channels: ['text', 'call'],
} as const;
const form = phoneForm(rules);
const textOnly = phoneForm({ ...rules, channels: ['text'] });
const callOnly = phoneForm({ ...rules, channels: ['call'] });

describe('the form of a phone', () => {
  it('gives the method that will be proven', () => {
    expect(form.parse({ number: '06-12 34 56 78', channel: 'text', csrf: 'x' })).toEqual({
      kind: 'authentication-phone',
      number: fictional.nlMobile,
      channel: 'text',
    });
  });

  it('can have a landline called', () => {
    expect(form.parse({ number: fictional.deLandline, channel: 'call' })).toMatchObject({ channel: 'call' });
  });

  it('asks for a channel unless only one is allowed', () => {
    expect(problemsOf(form, { number: '0612345678', channel: '' })).toEqual({ channel: 'channel-missing' });
    expect(textOnly.parse({ number: '0612345678' })).toMatchObject({ channel: 'text' });
    expect(callOnly.parse({ number: '0612345678', channel: '' })).toMatchObject({ channel: 'call' });
    expect(problemsOf(callOnly, { number: '0612345678', channel: 'text' })).toEqual({
      channel: 'channel-missing',
    });
  });

  test.each([
    [{}, { number: 'phone-empty', channel: 'channel-missing' }],
    [
      { number: ['0612345678', '1'], channel: {} },
      { number: 'phone-empty', channel: 'channel-missing' },
    ],
    [{ number: '0612345678', channel: 'mail' }, { channel: 'channel-missing' }],
    [{ number: '0612345678', channel: 'toString' }, { channel: 'channel-missing' }],
    [{ number: '+12025550123', channel: 'call' }, { number: 'phone-country-not-allowed' }],
    [{ number: '020 794 0000', channel: 'call' }, { number: 'phone-equals-office-phone' }],
    [{ number: '030 2345678', channel: 'text' }, { channel: 'phone-no-text' }],
  ])('%j has %j', (typed, problems) => {
    expect(problemsOf(form, typed)).toEqual(problems);
  });

  it('asks for a mobile where calling is not allowed', () => {
    expect(problemsOf(textOnly, { number: '030 2345678', channel: 'text' })).toEqual({
      number: 'phone-must-be-mobile',
    });
  });

  it('cannot be made without any channel', () => {
    expect(() => phoneForm({ ...rules, channels: [] })).toThrow('at least one channel');
  });
});
