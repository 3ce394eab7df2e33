using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Isobar.Stories;

/// <summary>A server on loopback that answers every request with the same text.</summary>
internal sealed class AnsweringServer : IAsyncDisposable
{
    private readonly WebApplication server;

    private AnsweringServer(WebApplication server) => this.server = server;

    public Uri Address => new(server.Services.GetRequiredService<IServer>()
        .Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    public static async Task<AnsweringServer> StartAsync(string answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = builder.Build();
        server.Run(request => request.Response.WriteAsync(answer));
        await server.StartAsync();
        return new AnsweringServer(server);
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();
}
