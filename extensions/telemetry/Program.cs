// The telemetry extension: ships platform events and function logs to a bucket, as compressed JSON Lines.
using Isobar.Telemetry;
using Isobar.Telemetry.Batching;
using Isobar.Telemetry.Lambda;
using Isobar.Telemetry.Receiving;
using Isobar.Telemetry.Shipping;

// Time reserved before the shutdown deadline, for the process to exit.
var margin = TimeSpan.FromMilliseconds(200);
var clock = TimeProvider.System;
using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false })
{
    Timeout = Timeout.InfiniteTimeSpan,
};

// First, because Lambda starts the runtime when every extension has registered.
var api = new ExtensionsApi(http, Environment.GetEnvironmentVariable("AWS_LAMBDA_RUNTIME_API") ?? "127.0.0.1:9001");
var function = await api.RegisterAsync("telemetry");
Settings settings;
try
{
    settings = Settings.Read(Environment.GetEnvironmentVariable);
}
catch (SettingsException invalid)
{
    await api.FailAsync(invalid.ErrorType, invalid.Message);
    return 1;
}

var buffer = new SharedLineBuffer(
    new LineBuffer(settings.EnvironmentId, settings.LeastLevel, LineBufferLimits.Default), clock);
const string hosts = "/etc/hosts";
using var listener = new Listener(Sandbox.Address(File.Exists(hosts) ? File.ReadLines(hosts) : []), buffer.Take);
var address = new Uri($"http://{Sandbox.HostName}:{listener.Start()}/");
if (!await api.SubscribeAsync(address, maxBytes: 262_144, timeoutMs: 25))
    Console.WriteLine("telemetry: there is no Telemetry API here, so nothing will be shipped");

var store = new S3Store(http, settings, clock);
var shipper = new Shipper(
    buffer, store, $"telemetry/{function}", settings.EnvironmentId, clock, Console.WriteLine);
var shipping = shipper.RunAsync();

// The next event is requested at once, so that the function never waits for this extension or its bucket.
ExtensionEvent happened;
do happened = await api.NextAsync();
while (!happened.IsShutdown);

var left = happened.Deadline - clock.GetUtcNow() - margin;
await shipper.FinishAsync(shipping, left > TimeSpan.Zero ? left : TimeSpan.Zero);
if (buffer.HeldLines + shipper.UnconfirmedLines is > 0 and var lost)
    Console.WriteLine($"telemetry: {lost} lines were not shipped");
return 0;
