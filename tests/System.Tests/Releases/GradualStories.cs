using Isobar.Local.Services.CodeDeploy;
using Isobar.Stories.Claims;

namespace Isobar.Stories.Releases;

/// <summary>A new version gets a tenth of the calls; an alarm decides whether it gets the rest.</summary>
public sealed class GradualStories(GradualFixture stack) : IClassFixture<GradualFixture>
{
    private const int Calls = 200;

    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    [Fact]
    [Claim("V6")]
    public async Task A_version_that_fails_is_rolled_back_by_its_alarm_and_a_good_one_gets_everything()
    {
        var first = (await stack.VersionAsync())!;
        Assert.All(await stack.CallAsync(8), answer => Assert.Equal(new Answered(first, false), answer));

        var bad = await stack.PublishAsync(fails: true);
        var rollback = await RollBackAsync(first, bad);

        var good = await stack.PublishAsync(fails: false);
        await PromoteAsync(first, good);
        Measured.Write("V6", rollback);
    }

    private async Task<string> RollBackAsync(string first, string bad)
    {
        var journal = stack.Stack.Host.Journal;
        var before = journal.LastSequence;
        var id = await stack.BeginAsync(first, bad);
        Assert.Null(await stack.VersionAsync());
        var began = stack.Stack.Host.Clock.GetUtcNow();

        // Every call has an answer, and those of the new version are failures. At a tenth, one of 200 calls at least
        // goes there, except once in a thousand million runs.
        var during = await stack.CallAsync(Calls);
        Assert.Equal(Calls, during.Count);
        Assert.All(during, answer => Assert.Equal(answer.Version == bad, answer.Failed));
        Assert.Contains(during, answer => answer.Failed);

        var real = TimeProvider.System.GetTimestamp();
        await stack.Stack.PassAsync("PT1M");
        var ended = await journal.WaitForAsync<DeploymentEnded>(fact => fact.RequestId == id, Bound, before);
        var took = TimeProvider.System.GetElapsedTime(real);
        var passed = stack.Stack.Host.Clock.GetUtcNow() - began;
        Assert.Equal(("Stopped", "ALARM_ACTIVE"), (ended.Status, ended.ErrorCode));
        Assert.Equal(first, await stack.VersionAsync());
        var after = await stack.CallAsync(Calls);
        Assert.All(after, answer => Assert.Equal(new Answered(first, false), answer));

        var deployment = await stack.DeploymentAsync(id);
        Assert.Equal("ALARM_ACTIVE", (string?)deployment["errorInformation"]!["code"]);
        var back = await stack.DeploymentAsync((string)deployment["rollbackInfo"]!["rollbackDeploymentId"]!);
        Assert.Equal(("Succeeded", "codeDeployRollback"), ((string?)back["status"], (string?)back["creator"]));
        Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        return $"{during.Count(answer => answer.Failed)} of {Calls} calls failed, in the new version at a weight of "
            + $"0.1; after {passed.TotalSeconds:0} s of service time, {took.TotalSeconds:0.00} s of real time, all "
            + $"went to the old one again, and none of {Calls} failed";
    }

    private async Task PromoteAsync(string first, string good)
    {
        // The errors of the version before are more than a period old.
        await stack.Stack.PassAsync("PT2M");
        var id = await stack.BeginAsync(first, good);
        Assert.All(await stack.CallAsync(Calls), answer => Assert.False(answer.Failed));

        await stack.Stack.PassAsync("PT5M");

        Assert.Equal("Succeeded", (string?)(await stack.DeploymentAsync(id))["status"]);
        Assert.All(await stack.CallAsync(8), answer => Assert.Equal(new Answered(good, false), answer));
    }
}
