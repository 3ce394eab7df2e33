using Isobar.Local.Services.Ssm;
using Isobar.Local.Wire;

namespace Isobar.Local.Tests.Services.Ssm;

public sealed class BoundTests
{
    [Fact]
    public void A_Region_has_10000_parameters_of_the_standard_tier_beside_those_of_the_advanced()
    {
        var state = new SsmState();
        for (var i = 0; i < 10_000; i++) Put($"{i}", ParameterKinds.Standard);

        var refused = Assert.Throws<AwsException>(() => Put("more", ParameterKinds.Standard));

        Assert.Equal("ParameterLimitExceeded", refused.Code);
        Put("advanced", ParameterKinds.Advanced);
        state.Put(Version("0", ParameterKinds.Standard), overwrite: true, DateTimeOffset.UnixEpoch);
        state.Delete("0");
        Put("more", ParameterKinds.Standard);

        void Put(string name, string tier) =>
            state.Put(Version(name, tier), overwrite: false, DateTimeOffset.UnixEpoch);
    }

    private static ParameterVersion Version(string name, string tier) => new(name, "1", 0, default)
    {
        Type = ParameterKinds.Text, Tier = tier, LastModifiedUser = "",
    };
}
