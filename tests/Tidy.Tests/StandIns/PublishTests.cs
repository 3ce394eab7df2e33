namespace Isobar.Tidy.Tests.StandIns;

public sealed class PublishTests
{
    private const string Core = "Amazon.Lambda.Core";

    [Fact(Explicit = true), Trait(Lanes.Name, Lanes.Long)]
    public async Task A_build_may_use_stand_ins_but_a_deployment_refuses_them_by_name_unless_told_otherwise()
    {
        Checkout.NeedsStandIns(Core);
        using var project = new ScratchProject([(Core, Checkout.Pins[Core])], Checkout.Feed);

        var (built, buildOutput) = await project.DotnetAsync("build");
        var (refused, refusal) = await project.DotnetAsync("publish");
        var (allowed, allowedOutput) = await project.DotnetAsync("publish", "-p:AllowStandIns=true", "-o", "out");

        Assert.True(built == 0, buildOutput);
        Assert.NotEqual(0, refused);
        Assert.Contains("STANDIN", refusal, StringComparison.Ordinal);
        Assert.Contains(Core, refusal, StringComparison.Ordinal);
        Assert.Contains("-p:AllowStandIns=true", refusal, StringComparison.Ordinal);
        Assert.True(allowed == 0, allowedOutput);
        Assert.True(File.Exists(project.PathOf($"out/{Core}.dll")));
    }
}
