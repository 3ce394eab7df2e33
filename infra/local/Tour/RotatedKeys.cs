using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Amazon.Runtime;
using Amazon.SimpleSystemsManagement;
using Isobar.Local.Services.Ssm;
using Isobar.Local.Tokens;

namespace Isobar.Local.Tour;

/// <summary>A key of the API's tokens, published and retired while the stack runs; the authorizer has it by its
/// parameters extension.</summary>
/// <param name="timeToLive">Of the extension: the tour deploys a short one.</param>
internal sealed class RotatedKeys(LocalHost host, StackClients clients, TourReport report, TimeSpan timeToLive)
{
    private const int Calls = 20;

    private static readonly TimeSpan TokenLife = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(100);

    /// <param name="tokens">Of the key that stays.</param>
    public async Task ShowAsync(TokenIssuer tokens, CancellationToken cancellationToken)
    {
        report.Heading("Keys of the API, rotated while it runs");
        using var ssm = new AmazonSimpleSystemsManagementClient(
            new BasicAWSCredentials("tour", "tour"), new AmazonSimpleSystemsManagementConfig
            {
                ServiceURL = host.Address.GetLeftPart(UriPartial.Authority),
                AuthenticationRegion = host.Options.Region,
            });
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var next = new TokenIssuer(key);
        var parameter = new KeyParameter(ssm, host.Options.StackName);
        report.Command("isobar token keys rotate");
        await parameter.ChangeAsync(ring => ring.With(next.PublicKeys), cancellationToken);
        await PassAsync(cancellationToken);
        await ShowCallsAsync(next, parameter.Name, cancellationToken);

        report.Command("isobar token keys retire");
        await parameter.ChangeAsync(ring => ring.Without(id => id == next.KeyId), cancellationToken);
        await PassAsync(cancellationToken);
        var retired = await UploadAsync(next, cancellationToken);
        var kept = await UploadAsync(tokens, cancellationToken);
        report.Check(
            (retired, kept) == (401, 201),
            $"{timeToLive.TotalSeconds:0} s later, its time to live, a token of the retired key: {retired}; "
                + $"one of the other key: {kept}");
    }

    private async Task ShowCallsAsync(TokenIssuer next, string parameter, CancellationToken cancellationToken)
    {
        var before = host.Journal.LastSequence;
        var begun = TimeProvider.System.GetTimestamp();
        var accepted = 0;
        for (var call = 0; call < Calls; call++)
            if (await UploadAsync(next, cancellationToken) == 201) accepted++;
        var took = TimeProvider.System.GetElapsedTime(begun);
        var fetches = host.Journal.After(before).Count(
            entry => entry.Fact is ParameterRead read && read.Name == parameter);
        report.Check(
            accepted == Calls && fetches <= 1 + (int)(took / timeToLive),
            $"{accepted} calls with {Calls} tokens of the new key in {took.TotalSeconds:0.0} s, and "
                + $"{fetches} of Parameter Store");
    }

    // The time to live is the extension's own, in real time.
    private Task PassAsync(CancellationToken cancellationToken) =>
        Task.Delay(timeToLive + Margin, TimeProvider.System, cancellationToken);

    // Each with a token of its own: the gateway keeps what the authorizer said of one for a minute.
    private async Task<int> UploadAsync(TokenIssuer issuer, CancellationToken cancellationToken)
    {
        var token = issuer.Issue(
            $"tour {Guid.NewGuid()}", host.Options.StackName, TimeProvider.System.GetUtcNow(), TokenLife);
        using var stage = new StageClient(clients.Stage, token);
        var wish = new JsonObject { ["name"] = "rotated.csv", ["bytes"] = 1 };
        return (await stage.PostAsync("uploads", wish, cancellationToken)).Status;
    }
}
