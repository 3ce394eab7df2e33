using System.Security.Cryptography;
using Amazon.Runtime;
using Amazon.SimpleSystemsManagement;
using Amazon.SimpleSystemsManagement.Model;
using Isobar.Local.Tests.Services.Ssm;
using Isobar.Local.Tokens;

namespace Isobar.Local.Tests.Tokens;

/// <summary>Keys are written by AWS's own SDK, against the host's Parameter Store.</summary>
public sealed class KeyParameterTests : IAsyncLifetime
{
    private const string Name = "/isobar/token-keys";
    private const string None = "eyJrZXlzIjpbXX0";

    private SsmOnPortZero ssm = null!;
    private AmazonSimpleSystemsManagementClient client = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private KeyParameter Parameter => new(client, "isobar");

    public async ValueTask InitializeAsync()
    {
        ssm = await SsmOnPortZero.StartAsync();
        client = new AmazonSimpleSystemsManagementClient(
            new BasicAWSCredentials("test", "test"),
            new AmazonSimpleSystemsManagementConfig
            {
                ServiceURL = ssm.Address.ToString(), AuthenticationRegion = "us-east-1",
            });
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await ssm.DisposeAsync();
    }

    [Fact]
    public async Task A_key_is_written_beside_those_that_are_there_and_a_second_time_nothing_is_written()
    {
        var (first, second) = (PublicKey(), PublicKey());
        await ssm.PutAsync(Name, first);
        var published = await Parameter.ChangeAsync(ring => ring.With(second), Cancelled);
        Assert.Equal((Name, 2), (published.Name, published.Version));
        Assert.Equal(KeyRing.Read($"{first}.{second}").Text, await ValueAsync());
        Assert.Equal(2, (await Parameter.ChangeAsync(ring => ring.With(second), Cancelled)).Version);
    }

    [Fact]
    public async Task A_write_that_came_between_is_not_lost()
    {
        var (mine, other) = (PublicKey(), PublicKey());
        await ssm.PutAsync(Name, None);
        var reads = 0;
        var published = await Parameter.ChangeAsync(
            ring =>
            {
                // After the read and before the write.
                if (++reads == 1) ssm.PutAsync(Name, other, overwrite: true).GetAwaiter().GetResult();
                return ring.With(mine);
            },
            Cancelled);
        Assert.Equal(4, published.Version);
        Assert.Equal(KeyRing.Read($"{other}.{mine}").Text, await ValueAsync());
    }

    [Fact]
    public async Task It_gives_up_when_others_write_again_and_again()
    {
        await ssm.PutAsync(Name, None);
        await Assert.ThrowsAsync<KeysInUseException>(() => Parameter.ChangeAsync(
            ring =>
            {
                ssm.PutAsync(Name, PublicKey(), overwrite: true).GetAwaiter().GetResult();
                return ring.With(PublicKey());
            },
            Cancelled));
    }

    [Fact]
    public async Task What_is_no_key_set_is_neither_read_nor_written_over()
    {
        await ssm.PutAsync(Name, "something else");
        await Assert.ThrowsAsync<FormatException>(
            () => Parameter.ChangeAsync(ring => ring.With(PublicKey()), Cancelled));
        Assert.Equal("something else", await ValueAsync());
    }

    [Fact]
    public async Task A_stack_without_the_parameter_gets_none() =>
        await Assert.ThrowsAsync<ParameterNotFoundException>(
            () => Parameter.ChangeAsync(ring => ring.With(PublicKey()), Cancelled));

    private async Task<string> ValueAsync() => (await ssm.GetAsync(Name)).GetProperty("Value").GetString()!;

    private static string PublicKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new TokenIssuer(key).PublicKeys;
    }
}
