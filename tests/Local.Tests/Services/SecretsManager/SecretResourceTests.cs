using System.Text.Json;
using Isobar.Local.Deployment;
using Isobar.Local.Deployment.Updates;
using Isobar.Local.Tests.Deployment;

namespace Isobar.Local.Tests.Services.SecretsManager;

public sealed class SecretResourceTests
{
    [Fact]
    public async Task Ref_gives_the_ARN_of_a_secret_with_its_value_and_tags()
    {
        await using var secrets = await SecretsOnPortZero.StartAsync();

        var stack = await DeployAsync(
            secrets, "Name: weather/key, SecretString: sesame, Description: a key, Tags: [{Key: team, Value: data}]");

        var arn = Assert.Single(stack.Outputs).Value;
        Assert.StartsWith("arn:aws:secretsmanager:us-east-1:000000000000:secret:weather/key-", arn);
        Assert.Equal("sesame", await secrets.ValueAsync(arn));
        var described = await secrets.OkAsync("DescribeSecret", """{"SecretId":"weather/key"}""");
        Assert.Equal("""[{"Key":"team","Value":"data"}]""", described.GetProperty("Tags").GetRawText());
    }

    [Fact]
    public async Task A_password_is_generated_into_a_template_with_each_kind_of_character()
    {
        await using var secrets = await SecretsOnPortZero.StartAsync();

        await DeployAsync(secrets, """
            Name: a, GenerateSecretString: {PasswordLength: 12, ExcludePunctuation: true, ExcludeCharacters: lI1O0,
              SecretStringTemplate: '{"user":"me"}', GenerateStringKey: password}
            """);

        using var value = JsonDocument.Parse((await secrets.ValueAsync("a"))!);
        Assert.Equal("me", value.RootElement.GetProperty("user").GetString());
        var password = value.RootElement.GetProperty("password").GetString()!;
        Assert.Matches("^(?=.*[a-z])(?=.*[A-Z])(?=.*[0-9])[a-zA-Z0-9]{12}$", password);
        Assert.DoesNotContain(password, character => "lI1O0".Contains(character));
    }

    [Theory]
    [InlineData("SecretString: a, GenerateSecretString: {}", "and SecretString can't both be there")]
    [InlineData("GenerateSecretString: {GenerateStringKey: a}", "and SecretStringTemplate go together")]
    [InlineData("GenerateSecretString: {SecretStringTemplate: '[]', GenerateStringKey: a}", "must be a JSON object")]
    [InlineData("GenerateSecretString: {PasswordLength: 3}", "leaves no password")]
    [InlineData("ReplicaRegions: [{Region: eu-west-1}]", "property ReplicaRegions")]
    public async Task What_a_secret_can_not_be_here_stops_the_deployment(string properties, string reason)
    {
        await using var secrets = await SecretsOnPortZero.StartAsync();

        var refused = await Assert.ThrowsAsync<DeploymentException>(() => DeployAsync(secrets, properties));

        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_update_writes_the_next_version_and_a_secret_that_leaves_the_stack_is_gone()
    {
        await using var secrets = await SecretsOnPortZero.StartAsync();
        var stack = await DeployAsync(secrets, "Name: a, SecretString: one, Description: before");

        var updated = await UpdateAsync(secrets, stack, Template("Name: a, SecretString: two"));
        Assert.Equal("two", await secrets.ValueAsync("a"));
        Assert.Equal("one", await secrets.ValueAsync("a", ""","VersionStage":"AWSPREVIOUS" """));

        await UpdateAsync(secrets, updated, Template("Name: b"));
        Assert.Equal(
            "400 ResourceNotFoundException", await secrets.ErrorAsync("DescribeSecret", """{"SecretId":"a"}"""));
        await secrets.OkAsync("DescribeSecret", """{"SecretId":"b"}""");
    }

    private static string Template(string properties) =>
        "Resources: {Secret: {Type: 'AWS::SecretsManager::Secret', Properties: {" + properties + "}}}\n"
        + "Outputs: {Secret: {Value: !Ref Secret}}";

    private static async Task<DeployedStack> UpdateAsync(
        SecretsOnPortZero secrets, DeployedStack stack, string template)
    {
        var providers = new ProviderTable(secrets.Module.Providers, TemplateParts.None);
        var plan = UpdatePlan.Prepare(
            stack, new TemplateSource("template.yaml", template), ParameterProfile.Empty, providers,
            TemplateParts.None);
        var outcome = await new StackUpdate(plan, providers, () => Deploy.Created.AddHours(1), _ => { })
            .RunAsync(TestContext.Current.CancellationToken);
        Assert.Null(outcome.Failure);
        return outcome.Stack;
    }

    private static Task<DeployedStack> DeployAsync(SecretsOnPortZero secrets, string properties) =>
        StackDeployment.DeployAsync(
            new TemplateSource("template.yaml", Template(properties)), ParameterProfile.Empty, Deploy.Stack,
            secrets.Module.Providers, TemplateParts.None, Deploy.Created, TestContext.Current.CancellationToken);
}
