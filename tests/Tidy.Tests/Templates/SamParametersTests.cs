namespace Isobar.Tidy.Tests.Templates;

/// <summary>The values that README.md has people pass to <c>sam deploy</c> arrive as they were given.</summary>
public sealed class SamParametersTests
{
    /// <summary>As <c>isobar token keys</c> prints them: no key, one, and two sets joined while keys change.</summary>
    [Theory]
    [InlineData("eyJrZXlzIjpbXX0")]
    [InlineData("eyJrZXlzIjpbeyJrdHkiOiJFQyIsImNydiI6IlAtMjU2In1dfQ")]
    [InlineData("eyJrZXlzIjpbXX0.eyJrZXlzIjpbeyJrdHkiOiJFQyIsIngiOiItXyJ9XX0")]
    public void Public_keys_arrive_whole(string keys)
    {
        var parameters = SamParameters.Read($"TokenPublicKeys={keys}");

        Assert.Equal(keys, Assert.Single(parameters).Value);
    }

    /// <summary>What JSON becomes on its way through SAM must not pass for a value.</summary>
    [Theory]
    [InlineData("""{"keys":[]}""", "{")]
    [InlineData("""{"keys":[{"kty":"EC"}]}""", "{")]
    [InlineData("""[{"kty":"EC"}]""", "[{")]
    public void Keys_as_JSON_are_cut(string keys, string arrived) =>
        Assert.Equal(arrived, SamParameters.Read($"TokenPublicKeys={keys}")["TokenPublicKeys"]);

    [Fact]
    public void The_edges_link_and_a_site_arrive_beside_each_other()
    {
        var parameters = SamParameters.Read(
            "SiteDistributionArn=arn:aws:cloudfront::123456789012:distribution/E2QWRUHEXAMPLE",
            "SiteOrigin=https://d111111abcdef8.cloudfront.net");

        Assert.Equal("arn:aws:cloudfront::123456789012:distribution/E2QWRUHEXAMPLE", parameters["SiteDistributionArn"]);
        Assert.Equal("https://d111111abcdef8.cloudfront.net", parameters["SiteOrigin"]);
    }
}
