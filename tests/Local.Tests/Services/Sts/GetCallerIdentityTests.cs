using Amazon.Runtime;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using Isobar.Local.Services.Sts;

namespace Isobar.Local.Tests.Services.Sts;

public sealed class GetCallerIdentityTests
{
    [Fact]
    public async Task The_caller_is_the_accounts_root()
    {
        await using var host = await ModuleOnPortZero.StartAsync(_ => [new StsModule()]);
        using var client = Client(host);

        var answer = await client.GetCallerIdentityAsync(new GetCallerIdentityRequest());

        Assert.Equal("000000000000", answer.Account);
        Assert.Equal("arn:aws:iam::000000000000:root", answer.Arn);
    }

    [Fact]
    public async Task An_operation_that_is_not_built_is_refused_with_InvalidAction()
    {
        await using var host = await ModuleOnPortZero.StartAsync(_ => [new StsModule()]);
        using var client = Client(host);

        var error = await Assert.ThrowsAsync<AmazonSecurityTokenServiceException>(
            () => client.GetSessionTokenAsync(new GetSessionTokenRequest()));

        Assert.Equal("InvalidAction", error.ErrorCode);
    }

    private static AmazonSecurityTokenServiceClient Client(ModuleOnPortZero host) => new(
        new BasicAWSCredentials("test", "test"),
        new AmazonSecurityTokenServiceConfig
        {
            ServiceURL = host.Address.ToString(), AuthenticationRegion = "us-east-1",
        });
}
