using Isobar.Local.Services.CodeDeploy;
using Isobar.Local.Wire;

namespace Isobar.Local.Tests.Services.CodeDeploy;

public sealed class AppSpecTests
{
    private const string Resource =
        "version: 0.0\nResources:\n- Any: {Type: 'AWS::Lambda::Function', Properties: {Name: reader, Alias: live, ";

    [Fact]
    public void A_revision_in_YAML_is_read_with_its_hooks()
    {
        var read = AppSpec.Read(
            Resource + "CurrentVersion: 1, TargetVersion: 2}}\n"
            + "Hooks:\n- BeforeAllowTraffic: a\n- AfterAllowTraffic: b");

        Assert.Equal(("reader", "live", "1", "2", "a", "b"),
            (read.Function, read.Alias, read.CurrentVersion, read.TargetVersion, read.BeforeAllowTraffic,
            read.AfterAllowTraffic));
    }

    [Theory]
    [InlineData("version: 1.0", "its version must be 0.0")]
    [InlineData("version: 0.0", "Resources must be a list of one function with Properties")]
    [InlineData("version: 0.0\nResources:\n- a: {Type: 'AWS::ECS::Service', Properties: {}}",
        "the Type of its resource must be AWS::Lambda::Function")]
    [InlineData(Resource + "CurrentVersion: 1}}", "TargetVersion of its function is missing")]
    [InlineData(Resource + "CurrentVersion: 1, TargetVersion: 2}}\nHooks: {}", "Hooks must be a list")]
    [InlineData(Resource + "CurrentVersion: 1, TargetVersion: 2}}\nHooks: [{BeforeInstall: a}]",
        "each of its Hooks must name a function for BeforeAllowTraffic or AfterAllowTraffic")]
    [InlineData("{", "it is neither YAML nor JSON")]
    public void A_revision_that_is_none_for_Lambda_is_refused_with_the_reason(string content, string reason)
    {
        var refused = Assert.Throws<AwsException>(() => AppSpec.Read(content));

        Assert.Equal("InvalidRevisionException", refused.Code);
        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }
}
