using Isobar.Local.Deployment;
using Isobar.Local.Deployment.Updates;
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

    [Fact]
    public async Task An_update_writes_the_next_version_and_replaces_description_and_tags()
    {
        await using var ssm = await SsmOnPortZero.StartAsync();
        var stack = await DeployAsync(
            ssm, Limit("Value: '1,2', Description: rows, AllowedPattern: '[0-9,]+', Tags: {team: data}"));

        await UpdateAsync(ssm, stack, Limit("Value: 'a,b', Tags: {team: web}"));

        var described = (await ssm.OkAsync("DescribeParameters", "{}")).GetProperty("Parameters")[0];
        Assert.Equal(("StringList", 2), (described.GetProperty("Type").GetString(),
            described.GetProperty("Version").GetInt32()));
        Assert.False(described.TryGetProperty("Description", out _));
        Assert.Equal("a,b", (await ssm.GetAsync("/limit")).GetProperty("Value").GetString());
        Assert.Equal("""{"TagList":[{"Key":"team","Value":"web"}]}""", (await ssm.OkAsync(
            "ListTagsForResource", """{"ResourceType":"Parameter","ResourceId":"/limit"}""")).GetRawText());
    }

    [Fact]
    public async Task What_was_written_meanwhile_stays_until_an_update_changes_the_parameters_own_properties()
    {
        await using var ssm = await SsmOnPortZero.StartAsync();
        var stack = await DeployAsync(ssm, Limit("Value: '1', Description: rows"));
        await ssm.PutAsync("/limit", "2", overwrite: true);

        await UpdateAsync(ssm, stack, Limit("Value: '1', Description: rows") + " #");
        Assert.Equal("2", (await ssm.GetAsync("/limit")).GetProperty("Value").GetString());

        await UpdateAsync(ssm, stack, Limit("Value: '1', Description: of a file"));
        Assert.Equal("1", (await ssm.GetAsync("/limit")).GetProperty("Value").GetString());
    }

    private static string Limit(string properties) =>
        "Resources: {Limit: {Type: 'AWS::SSM::Parameter', Properties: {Name: /limit, Type: StringList, "
        + properties + "}}}";

    private static async Task UpdateAsync(SsmOnPortZero ssm, DeployedStack stack, string template)
    {
        var providers = new ProviderTable([ssm.Module], TemplateParts.None);
        var plan = UpdatePlan.Prepare(
            stack, new TemplateSource("template.yaml", template), ParameterProfile.Empty, providers,
            TemplateParts.None);
        var outcome = await new StackUpdate(plan, providers, () => Deploy.Created.AddHours(1), _ => { })
            .RunAsync(TestContext.Current.CancellationToken);
        Assert.Null(outcome.Failure);
    }

    private static Task<DeployedStack> DeployAsync(SsmOnPortZero ssm, string template) => StackDeployment.DeployAsync(
        new TemplateSource("template.yaml", template), ParameterProfile.Empty, Deploy.Stack, [ssm.Module],
        TemplateParts.None, Deploy.Created, TestContext.Current.CancellationToken);
}
