using Isobar.Stories.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Isobar.Benchmarks.Telemetry;

/// <summary>A host whose telemetry goes to a bucket and an OTLP endpoint, both of which can be made to stall.</summary>
internal sealed class StallableHost : IAsyncDisposable
{
    private readonly StallingDoor bucket;
    private readonly StallingDoor endpoint;
    private readonly WebApplication receiver;

    private StallableHost(StallingDoor bucket, StallingDoor endpoint, WebApplication receiver, TelemetryHost host)
    {
        (this.bucket, this.endpoint, this.receiver) = (bucket, endpoint, receiver);
        Host = host;
    }

    public TelemetryHost Host { get; }

    public static async Task<StallableHost> StartAsync()
    {
        var receiver = Receiver();
        await receiver.StartAsync();
        var (bucket, endpoint) = (new StallingDoor(), new StallingDoor { Target = new Uri(receiver.Urls.Single()) });
        var host = await TelemetryHost.StartAsync(
            Checkout.Root, Checkout.Configuration, bucket.Address,
            ("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint.Address.GetLeftPart(UriPartial.Authority)));
        bucket.Target = host.Host.Address;
        return new StallableHost(bucket, endpoint, receiver, host);
    }

    public void Stall()
    {
        bucket.Stall();
        endpoint.Stall();
    }

    public void Release()
    {
        bucket.Release();
        endpoint.Release();
    }

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await bucket.DisposeAsync();
        await endpoint.DisposeAsync();
        await receiver.DisposeAsync();
    }

    /// <summary>Reads requests and keeps nothing of them.</summary>
    private static WebApplication Receiver()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var web = builder.Build();
        web.Urls.Add("http://127.0.0.1:0");
        web.MapPost("/{**path}", (HttpContext http) => http.Request.Body.CopyToAsync(Stream.Null, http.RequestAborted));
        return web;
    }
}
