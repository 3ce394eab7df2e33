using Isobar.Local.Deployment;

namespace Isobar.Local.Tests.Deployment;

public sealed class OurTemplate
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_plans_with_the_local_profile_and_with_its_defaults(bool local)
    {
        var text = RepositoryFile.Read("infra/local/local.parameters.yaml");
        var profile = local
            ? ParameterProfile.Read(new TemplateSource("local.parameters.yaml", text))
            : ParameterProfile.Empty;
        var reserved = false;
        var provider = new RecordingProvider(
            "AWS::S3::Bucket", "AWS::SQS::Queue", "AWS::DynamoDB::Table", "AWS::Lambda::Function",
            "AWS::Lambda::EventSourceMapping", "AWS::Lambda::EventInvokeConfig", "AWS::SNS::Topic",
            "AWS::SNS::Subscription", "AWS::Events::EventBus", "AWS::Events::Rule", "AWS::ApiGateway::RestApi",
            "AWS::ApiGateway::Deployment", "AWS::ApiGateway::Stage", "AWS::Lambda::LayerVersion",
            "AWS::CloudWatch::Alarm", "AWS::CloudWatch::Dashboard", "AWS::Logs::LogGroup", "AWS::Lambda::Version",
            "AWS::Lambda::Alias", "AWS::ApplicationAutoScaling::ScalableTarget",
            "AWS::ApplicationAutoScaling::ScalingPolicy", "AWS::CodeDeploy::Application",
            "AWS::CodeDeploy::DeploymentGroup", "AWS::SSM::Parameter")
        {
            Read = properties =>
            {
                foreach (var name in properties.Names.ToList()) properties.OptionalJson(name);
                reserved |= properties.Has("ReservedConcurrentExecutions");
            },
        };
        var stack = await Deploy.Template(RepositoryFile.Read("template.yaml"), provider, profile);
        var created = stack.Resources.Select(resource => resource.LogicalId).ToList();
        Assert.True(created.IndexOf("IntakeFunctionLandedPermission") < created.IndexOf("LandingBucket"));
        Assert.NotEmpty(stack.Outputs);
        Assert.Equal(local, reserved);
    }
}
