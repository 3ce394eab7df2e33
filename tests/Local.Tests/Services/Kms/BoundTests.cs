using Isobar.Local.Ownership;
using Isobar.Local.Services.Kms;
using Isobar.Local.Wire;

namespace Isobar.Local.Tests.Services.Kms;

public sealed class BoundTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch;
    private static readonly KeyPlace Place = new("us-east-1", "000000000000");

    private readonly Identifiers identifiers = new(seed: 1);
    private readonly KmsState state;

    public BoundTests() => state = new KmsState(Place, identifiers);

    [Fact]
    public void A_Region_has_100000_customer_managed_keys_beside_those_that_AWS_manages()
    {
        var key = KeyMaker.New(Place, identifiers, Now);
        for (var i = 0; i < 100_000; i++) state.Add(key with { Id = identifiers.NewGuid() });

        var refused = Assert.Throws<AwsException>(() => state.Add(key with { Id = identifiers.NewGuid() }));

        Assert.Equal("LimitExceededException The quota of KMS keys in a Region is reached.",
            $"{refused.Code} {refused.Message}");
        Assert.True(state.Find("alias/aws/ssm", Now).IsAwsManaged);
    }

    [Fact]
    public void A_Region_has_200_keys_that_AWS_manages()
    {
        for (var i = 0; i < 200; i++) state.Find($"alias/aws/service{i}", Now);

        var refused = Assert.Throws<AwsException>(() => state.Find("alias/aws/more", Now));

        Assert.Equal("Alias arn:aws:kms:us-east-1:000000000000:alias/aws/more is not found.", refused.Message);
        Assert.True(state.Find("alias/aws/service7", Now).IsAwsManaged);
    }
}
