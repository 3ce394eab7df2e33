using Isobar.Local.Ownership;
using Isobar.Local.Services;
using Isobar.Local.Services.CodeDeploy;

namespace Isobar.Local.Tests.Services.CodeDeploy;

public sealed class DeploymentLogTests
{
    [Fact]
    public void The_oldest_deployment_that_has_ended_makes_room()
    {
        var log = new DeploymentLog();
        var identifiers = new Identifiers(7);
        for (var i = 0; i < CodeDeployLimits.MaxKeptDeployments; i++)
            log.Add(Deployment($"d-{i:000000000}", i == 0 ? DeploymentStatus.InProgress : DeploymentStatus.Succeeded));

        log.Add(Deployment(DeploymentId.New(identifiers), DeploymentStatus.InProgress));

        Assert.NotNull(log.Find("d-000000000"));
        Assert.Null(log.Find("d-000000001"));
        Assert.Equal(CodeDeployLimits.MaxKeptDeployments, log.NewestFirst.Count());
        Assert.Equal(2, log.Active.Count());
    }

    [Fact]
    public void An_id_looks_like_AWSs()
    {
        var identifiers = new Identifiers(8);

        Assert.All(Enumerable.Range(0, 200), _ => Assert.True(DeploymentId.IsValid(DeploymentId.New(identifiers))));
        Assert.False(DeploymentId.IsValid("d-01234567"));
        Assert.False(DeploymentId.IsValid("d-01234567x"));
    }

    private static LambdaDeployment Deployment(string id, string status) => new(
        id, new DeploymentGroup("app", "group", "1", DeploymentConfig.Default, "role"),
        DeploymentConfig.Predefined[DeploymentConfig.Default], AppSpec.Read(CodeDeployOnPortZero.Spec("1", "2")),
        new Arn("aws", "lambda", "us-east-1", "000000000000", "function:reader:live"), DateTimeOffset.UnixEpoch)
    {
        Status = status,
    };
}
