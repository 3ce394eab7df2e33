using Isobar.Local.Wire;

namespace Isobar.Local.Tests.Wire;

/// <summary>
/// Who can reach the server. Linux has all of 127.0.0.0/8, so that 127.0.0.2 stands for another address.
/// </summary>
public sealed class BindAddressTests
{
    [Theory]
    [InlineData(BindAddress.Loopback, false)]
    [InlineData(BindAddress.All, true)]
    public async Task Only_a_server_on_all_addresses_is_reached_by_another_than_loopback(object bind, bool reached)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "127.0.0.2 is an address of this machine on Linux only.");
        await using var server = await WireServer.StartAsync(
            http => http.Response.WriteAsync("here"), 0, CancellationToken.None, (BindAddress)bind);
        using var client = new HttpClient();

        Assert.Equal("127.0.0.1", server.Address.Host);
        Assert.Equal("here", await client.GetStringAsync(server.Address));
        var elsewhere = client.GetStringAsync($"http://127.0.0.2:{server.Address.Port}");
        if (reached) Assert.Equal("here", await elsewhere);
        else await Assert.ThrowsAsync<HttpRequestException>(() => elsewhere);
    }
}
