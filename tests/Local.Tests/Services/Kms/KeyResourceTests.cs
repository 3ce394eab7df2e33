using System.Text.Json.Nodes;
using Isobar.Local.Deployment;
using Isobar.Local.Deployment.Updates;
using Isobar.Local.Tests.Deployment;

namespace Isobar.Local.Tests.Services.Kms;

public sealed class KeyResourceTests
{
    [Fact]
    public async Task A_template_makes_a_key_with_an_alias()
    {
        await using var kms = await KmsOnPortZero.StartAsync();

        var stack = await DeployAsync(kms, """
            Resources:
              Key:
                Type: AWS::KMS::Key
                Properties:
                  Description: for reports
                  EnableKeyRotation: true
                  KeyPolicy: {Version: '2012-10-17', Statement: []}
                  Tags: [{Key: team, Value: data}]
              Name:
                Type: AWS::KMS::Alias
                Properties: {AliasName: alias/reports, TargetKeyId: !Ref Key}
            Outputs:
              All: {Value: !Sub '${Key} ${Key.Arn} ${Name}'}
            """);

        var described = (await kms.OkAsync("DescribeKey", new JsonObject { ["KeyId"] = "alias/reports" }))
            .GetProperty("KeyMetadata");
        Assert.Equal("for reports", described.GetProperty("Description").GetString());
        Assert.Equal(
            $"{described.GetProperty("KeyId").GetString()} {described.GetProperty("Arn").GetString()} alias/reports",
            Assert.Single(stack.Outputs).Value);
        Assert.Equal("EnableKeyRotation", Assert.Single(stack.Inert).Property);
    }

    [Theory]
    [InlineData("KeySpec: RSA_2048", "KeySpec must be one of SYMMETRIC_DEFAULT, not RSA_2048")]
    [InlineData("MultiRegion: true", "MultiRegion must be false here")]
    [InlineData("PendingWindowInDays: 3", "PendingWindowInDays must be an integer from 7 to 30")]
    [InlineData("KeyPolicy: {}", "The new key policy is not a valid policy")]
    public async Task What_a_key_can_not_be_here_stops_the_deployment(string properties, string reason)
    {
        await using var kms = await KmsOnPortZero.StartAsync();

        var refused = await Assert.ThrowsAsync<DeploymentException>(() => DeployAsync(
            kms, "Resources: {Key: {Type: 'AWS::KMS::Key', Properties: {" + properties + "}}}"));

        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
        Assert.Equal("""{"Keys":[],"Truncated":false}""", (await kms.OkAsync("ListKeys", [])).GetRawText());
    }

    [Fact]
    public async Task An_update_points_the_alias_to_another_key_and_the_old_key_waits_for_its_deletion()
    {
        await using var kms = await KmsOnPortZero.StartAsync();
        var stack = await DeployAsync(kms, KeyAndAlias("Old"));
        var ciphertext = await kms.EncryptAsync("alias/reports", "secret");
        var old = await DescribeAsync(kms);

        await UpdateAsync(kms, stack, KeyAndAlias("New"));

        var next = await DescribeAsync(kms);
        Assert.NotEqual(old.GetProperty("KeyId").GetString(), next.GetProperty("KeyId").GetString());
        Assert.Equal($"400 KMSInvalidStateException {old.GetProperty("Arn").GetString()} is pending deletion.",
            await kms.ErrorAsync("Decrypt", new JsonObject { ["CiphertextBlob"] = ciphertext }));
        kms.World.Clock.JumpBy(TimeSpan.FromDays(7));
        Assert.Single((await kms.OkAsync("ListKeys", [])).GetProperty("Keys").EnumerateArray());
    }

    private static string KeyAndAlias(string key) => $$"""
        Resources:
          {{key}}:
            Type: AWS::KMS::Key
            Properties: {PendingWindowInDays: 7}
          Name:
            Type: AWS::KMS::Alias
            Properties: {AliasName: alias/reports, TargetKeyId: !GetAtt {{key}}.Arn}
        """;

    private static async Task<System.Text.Json.JsonElement> DescribeAsync(KmsOnPortZero kms) =>
        (await kms.OkAsync("DescribeKey", new JsonObject { ["KeyId"] = "alias/reports" })).GetProperty("KeyMetadata");

    private static async Task UpdateAsync(KmsOnPortZero kms, DeployedStack stack, string template)
    {
        var providers = new ProviderTable([.. kms.Module.Providers], TemplateParts.None);
        var plan = UpdatePlan.Prepare(
            stack, new TemplateSource("template.yaml", template), ParameterProfile.Empty, providers,
            TemplateParts.None);
        var outcome = await new StackUpdate(plan, providers, () => Deploy.Created.AddHours(1), _ => { })
            .RunAsync(TestContext.Current.CancellationToken);
        Assert.Null(outcome.Failure);
    }

    private static Task<DeployedStack> DeployAsync(KmsOnPortZero kms, string template) => StackDeployment.DeployAsync(
        new TemplateSource("template.yaml", template), ParameterProfile.Empty, Deploy.Stack,
        [.. kms.Module.Providers], TemplateParts.None, Deploy.Created, TestContext.Current.CancellationToken);
}
