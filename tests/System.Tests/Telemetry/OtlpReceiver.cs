using System.IO.Compression;
using Isobar.Functions.Tests.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Isobar.Stories.Telemetry;

/// <summary>
/// A receiver of OTLP/HTTP on a free port, which keeps every request that it takes, and answers some of them with a
/// failure, of which the sender can't know whether it was taken.
/// </summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication web;
    private readonly Lock gate = new();
    private readonly List<OtlpBody> taken = [];
    private readonly int failsOneIn;
    private int requests;

    private OtlpReceiver(int failsOneIn)
    {
        this.failsOneIn = failsOneIn;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        web = builder.Build();
        web.Urls.Add("http://127.0.0.1:0");
        web.MapPost("/{**path}", TakeAsync);
    }

    public Uri Address => new(web.Urls.Single());

    /// <summary>How many requests it took and then answered with 503.</summary>
    public int Failures { get; private set; }

    /// <param name="failsOneIn">One request in so many is taken, and then answered with 503; zero for none.</param>
    public static async Task<OtlpReceiver> StartAsync(int failsOneIn = 0)
    {
        var receiver = new OtlpReceiver(failsOneIn);
        await receiver.web.StartAsync();
        return receiver;
    }

    /// <summary>What it took, decoded by the published schema.</summary>
    public Task<IReadOnlyList<System.Text.Json.JsonElement>> DecodeAsync()
    {
        lock (gate) return OtlpSchema.DecodeAsync(taken.ToArray());
    }

    public async ValueTask DisposeAsync() => await web.DisposeAsync();

    private async Task TakeAsync(HttpContext http)
    {
        await using var plain = new GZipStream(http.Request.Body, CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        await plain.CopyToAsync(bytes, http.RequestAborted);
        lock (gate)
        {
            taken.Add(new OtlpBody(http.Request.Path.Value!.TrimStart('/'), bytes.ToArray()));
            if (failsOneIn == 0 || ++requests % failsOneIn != 0) return;
            Failures++;
        }

        http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        http.Response.Headers.RetryAfter = "0";
    }
}
