using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Abstractions;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Isobar.Local.Lambda.Apis;

/// <summary>
/// Serves the APIs inside the environments to all of them: Kestrel, and nothing between it and the handlers.
/// </summary>
internal sealed class RuntimeApiServer : IAsyncDisposable
{
    private readonly KestrelServer kestrel;

    private RuntimeApiServer(RuntimeApiTransport transport)
    {
        var options = new KestrelServerOptions { AddServerHeader = false };
        var limits = options.Limits;

        // A process may be stopped in the middle of anything, for as long as its environment is idle.
        // A day, because Kestrel 10.0 takes an infinite timeout for one that has run out: it closes an idle connection
        // at its next heartbeat (measured), and a function's connection is idle for as long as the function works.
        limits.KeepAliveTimeout = TimeSpan.FromDays(1);
        limits.RequestHeadersTimeout = TimeSpan.FromDays(1);
        limits.MinRequestBodyDataRate = null;
        limits.MinResponseDataRate = null;

        // The handler counts, because a response that is too long has a meaning of its own.
        limits.MaxRequestBodySize = null;
        options.Listen(transport.Intake.EndPoint);
        Transport = transport;
        kestrel = new KestrelServer(Options.Create(options), transport.Intake, NullLoggerFactory.Instance);
    }

    public RuntimeApiTransport Transport { get; }

    public static async Task<RuntimeApiServer> StartAsync()
    {
        var server = new RuntimeApiServer(new RuntimeApiTransport());
        await server.kestrel.StartAsync(new Application(), CancellationToken.None);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        // Whoever still polls belongs to a process that is gone or going; there is nobody to wait for.
        await kestrel.StopAsync(new CancellationToken(canceled: true));
        kestrel.Dispose();
    }

    private sealed class Application : IHttpApplication<HttpContext>
    {
        // A connection keeps its context from one request to the next, as it does in a whole web application.
        public HttpContext CreateContext(IFeatureCollection contextFeatures)
        {
            var connection = contextFeatures as IHostContextContainer<HttpContext>;
            if (connection?.HostContext is DefaultHttpContext known)
            {
                known.Initialize(contextFeatures);
                return known;
            }

            var context = new DefaultHttpContext(contextFeatures);
            connection?.HostContext = context;
            return context;
        }

        public Task ProcessRequestAsync(HttpContext context) => EnvironmentApis.HandleAsync(context);

        public void DisposeContext(HttpContext context, Exception? exception) =>
            ((DefaultHttpContext)context).Uninitialize();
    }
}
