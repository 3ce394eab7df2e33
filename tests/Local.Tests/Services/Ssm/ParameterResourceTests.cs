using Isobar.Local.Deployment;
using Isobar.Local.Tests.Deployment;

namespace Isobar.Local.Tests.Services.Ssm;

public sealed class ParameterResourceTests
{
    [Fact]
    public async Task Ref_gives_the_name_and_GetAtt_the_value()
    {
        await using var ssm = await SsmOnPortZero.StartAsync();

        var stack = await DeployAsync(ssm, """
            Resources:
              Limit:
                Type: AWS::SSM::Parameter
                Properties:
                  {Name: /isobar/limit, Type: String, Value: '10', Description: rows, Tags: {team: data}}
            Outputs:
              Both: {Value: !Sub '${Limit} ${Limit.Type} ${Limit.Value}'}
            """);

        Assert.Equal("/isobar/limit String 10", Assert.Single(stack.Outputs).Value);
        Assert.Empty(stack.Inert);
        Assert.Equal("rows", (await ssm.OkAsync("DescribeParameters", "{}")).GetProperty("Parameters")[0]
            .GetProperty("Description").GetString());
        Assert.Equal("""{"TagList":[{"Key":"team","Value":"data"}]}""", (await ssm.OkAsync(
            "ListTagsForResource", """{"ResourceType":"Parameter","ResourceId":"/isobar/limit"}""")).GetRawText());
        Assert.Equal("10", (await ssm.GetAsync("/isobar/limit")).GetProperty("Value").GetString());
    }

    [Theory]
    [InlineData("Type: SecureString, Value: x", "Type must be one of String, StringList, not SecureString")]
    [InlineData("Type: String", "property Value is required")]
    [InlineData("Type: String, Value: x, Name: awsx", "can't be prefixed with \"aws\" or \"ssm\"")]
    [InlineData("Type: String, Value: x, Policies: '[]'",
        "property Policies of AWS::SSM::Parameter is not supported")]
    public async Task What_a_parameter_can_not_be_here_stops_the_deployment(string properties, string reason)
    {
        await using var ssm = await SsmOnPortZero.StartAsync();

        var refused = await Assert.ThrowsAsync<DeploymentException>(() => DeployAsync(
            ssm, "Resources: {Limit: {Type: 'AWS::SSM::Parameter', Properties: {" + properties + "}}}"));

        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    private static Task<DeployedStack> DeployAsync(SsmOnPortZero ssm, string template) => StackDeployment.DeployAsync(
        new TemplateSource("template.yaml", template), ParameterProfile.Empty, Deploy.Stack, [ssm.Module],
        TemplateParts.None, Deploy.Created, TestContext.Current.CancellationToken);
}
