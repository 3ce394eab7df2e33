using System.Text.Json;
using Isobar.Local.Costs;
using Isobar.Local.Tests.Wire;
using Isobar.Local.Wire;

namespace Isobar.Local.Tests.Services.SecretsManager;

/// <summary>Secrets, their versions and labels, their keys and their end.</summary>
public sealed class SecretTests
{
    private const string First = "11111111-1111-1111-1111-111111111111";
    private const string Second = "22222222-2222-2222-2222-222222222222";
    private const string Third = "33333333-3333-3333-3333-333333333333";

    [Fact]
    public async Task A_client_that_nobody_here_wrote_creates_reads_rotates_and_deletes()
    {
        await using var secrets = await SecretsOnPortZero.StartAsync();

        var seen = await PythonClient.RunAsync("Services/SecretsManager/round-trip.py", secrets.Address);

        Assert.Equal(
            """
            {"first":"one","binary":"AAEC","now":"two","before":"one","stages":[["AWSCURRENT"],["AWSPREVIOUS"]],
            "listed":["mine"],"described":["mine","a secret","alias/mine"],"deleted":true,
            "refused":["InvalidRequestException","ResourceNotFoundException","ResourceExistsException"],
            "restored":"two"}
            """.ReplaceLineEndings(""),
            seen.ToJsonString());
    }

    [Fact]
    public async Task A_new_version_takes_AWSCURRENT_and_the_one_before_has_AWSPREVIOUS()
    {
        await using var secrets = await SecretsOnPortZero.StartAsync();
        await secrets.OkAsync(
            "CreateSecret", $$"""{"Name":"a","SecretString":"one","ClientRequestToken":"{{First}}"}""");
        await PutAsync(secrets, Second, "two");
        await PutAsync(secrets, Third, "three");

        Assert.Equal("three", await secrets.ValueAsync("a"));
        Assert.Equal("two", await secrets.ValueAsync("a", """,   "VersionStage":"AWSPREVIOUS" """));
        // It has no label any more, and is there by its id.
        Assert.Equal("one", await secrets.ValueAsync("a", $""", "VersionId":"{First}" """));
        Assert.Equal(
            $$"""{"{{Second}}":["AWSPREVIOUS"],"{{Third}}":["AWSCURRENT"]}""",
            (await secrets.OkAsync("DescribeSecret", """{"SecretId":"a"}""")).GetProperty("VersionIdsToStages")
                .GetRawText());
    }

    [Fact]
    public async Task A_version_with_a_label_of_its_own_leaves_AWSCURRENT_where_it_is()
    {
        await using var secrets = await SecretsOnPortZero.StartAsync();
        await secrets.OkAsync("CreateSecret", """{"Name":"a","SecretString":"one"}""");
        await PutAsync(secrets, Second, "two", ""","VersionStages":["AWSPENDING"]""");

        Assert.Equal("one", await secrets.ValueAsync("a"));
        Assert.Equal("two", await secrets.ValueAsync("a", ""","VersionStage":"AWSPENDING" """));
        Assert.Equal(
            "400 InvalidRequestException",
            await secrets.ErrorAsync(
                "GetSecretValue", $$"""{"SecretId":"a","VersionId":"{{Second}}","VersionStage":"AWSCURRENT"}"""));
    }

    [Fact]
    public async Task A_token_that_comes_again_writes_no_second_version_and_never_another_value()
    {
        await using var secrets = await SecretsOnPortZero.StartAsync();
        await secrets.OkAsync("CreateSecret", """{"Name":"a","SecretString":"one"}""");
        await PutAsync(secrets, Second, "two");
        await PutAsync(secrets, Third, "three");

        await PutAsync(secrets, Second, "two");
        Assert.Equal("three", await secrets.ValueAsync("a"));
        Assert.Equal(
            "400 ResourceExistsException",
            await secrets.ErrorAsync(
                "PutSecretValue",
                $$"""{"SecretId":"a","SecretString":"other","ClientRequestToken":"{{Second}}"}"""));
    }

    [Fact]
    public async Task Of_a_hundred_versions_the_oldest_without_a_label_makes_room()
    {
        await using var secrets = await SecretsOnPortZero.StartAsync();
        await secrets.OkAsync(
            "CreateSecret", $$"""{"Name":"a","SecretString":"one","ClientRequestToken":"{{First}}"}""");
        for (var i = 0; i < 100; i++) await PutAsync(secrets, $"{Guid.NewGuid()}", $"{i}");

        Assert.Equal(
            "400 ResourceNotFoundException",
            await secrets.ErrorAsync("GetSecretValue", $$"""{"SecretId":"a","VersionId":"{{First}}"}"""));
        Assert.Equal("99", await secrets.ValueAsync("a"));
    }

    [Fact]
    public async Task A_secret_is_found_by_its_name_its_ARN_and_its_ARN_without_the_random_end()
    {
        await using var secrets = await SecretsOnPortZero.StartAsync();
        var arn = (await secrets.OkAsync("CreateSecret", """{"Name":"a/b","SecretString":"one"}"""))
            .GetProperty("ARN").GetString()!;

        Assert.Matches("^arn:aws:secretsmanager:us-east-1:000000000000:secret:a/b-[0-9a-zA-Z]{6}$", arn);
        foreach (var id in (string[])["a/b", arn, arn[..^7]]) Assert.Equal("one", await secrets.ValueAsync(id));
        Assert.Equal(
            "400 ResourceNotFoundException", await secrets.ErrorAsync("GetSecretValue", """{"SecretId":"a"}"""));
    }

    [Fact]
    public async Task A_deleted_secret_waits_can_be_restored_and_then_goes()
    {
        await using var secrets = await SecretsOnPortZero.StartAsync();
        await secrets.OkAsync("CreateSecret", """{"Name":"a","SecretString":"one"}""");
        await secrets.OkAsync("DeleteSecret", """{"SecretId":"a","RecoveryWindowInDays":7}""");

        Assert.Equal("400 InvalidRequestException", await secrets.ErrorAsync("GetSecretValue", """{"SecretId":"a"}"""));
        Assert.Equal("400 InvalidRequestException", await secrets.ErrorAsync("CreateSecret", """{"Name":"a"}"""));
        Assert.Empty(await NamesAsync(secrets, "{}"));
        Assert.Equal(["a"], await NamesAsync(secrets, """{"IncludePlannedDeletion":true}"""));

        await secrets.OkAsync("RestoreSecret", """{"SecretId":"a"}""");
        Assert.Equal("one", await secrets.ValueAsync("a"));

        await secrets.OkAsync("DeleteSecret", """{"SecretId":"a","RecoveryWindowInDays":7}""");
        secrets.World.Clock.JumpBy(TimeSpan.FromDays(7));
        Assert.Equal(
            "400 ResourceNotFoundException", await secrets.ErrorAsync("DescribeSecret", """{"SecretId":"a"}"""));
        await secrets.OkAsync("CreateSecret", """{"Name":"a"}""");
    }

    [Fact]
    public async Task A_secret_that_is_deleted_by_force_is_gone_and_that_again_is_no_error()
    {
        await using var secrets = await SecretsOnPortZero.StartAsync();
        await secrets.OkAsync("CreateSecret", """{"Name":"a","SecretString":"one"}""");

        for (var time = 0; time < 2; time++)
            await secrets.OkAsync("DeleteSecret", """{"SecretId":"a","ForceDeleteWithoutRecovery":true}""");
        Assert.Equal(
            "400 ResourceNotFoundException", await secrets.ErrorAsync("GetSecretValue", """{"SecretId":"a"}"""));
    }

    [Fact]
    public async Task Values_are_encrypted_with_the_secrets_key_and_anew_with_another_one()
    {
        await using var secrets = await SecretsOnPortZero.StartAsync();
        var (old, other) = (await KeyAsync(secrets), await KeyAsync(secrets));
        await secrets.OkAsync("CreateSecret", $$"""{"Name":"a","SecretString":"one","KmsKeyId":"{{old}}"}""");
        await secrets.OkAsync("UpdateSecret", $$"""{"SecretId":"a","KmsKeyId":"{{other}}"}""");

        await secrets.KmsAsync("DisableKey", $$"""{"KeyId":"{{old}}"}""");
        Assert.Equal("one", await secrets.ValueAsync("a"));
        await secrets.KmsAsync("DisableKey", $$"""{"KeyId":"{{other}}"}""");
        Assert.Equal("400 DecryptionFailure", await secrets.ErrorAsync("GetSecretValue", """{"SecretId":"a"}"""));
        Assert.Equal(
            "400 EncryptionFailure",
            await secrets.ErrorAsync("PutSecretValue", """{"SecretId":"a","SecretString":"two"}"""));
    }

    [Fact]
    public async Task A_key_that_can_not_be_used_leaves_no_secret_behind()
    {
        await using var secrets = await SecretsOnPortZero.StartAsync();

        Assert.Equal(
            "400 EncryptionFailure",
            await secrets.ErrorAsync("CreateSecret", """{"Name":"a","SecretString":"one","KmsKeyId":"alias/none"}"""));
        Assert.Empty(await NamesAsync(secrets, "{}"));
    }

    [Theory]
    [InlineData("CreateSecret", """{"Name":"a b"}""", "InvalidParameterException")]
    [InlineData("CreateSecret", """{"SecretString":"a"}""", "ValidationException")]
    [InlineData("CreateSecret", """{"Name":"a","SecretString":"a","SecretBinary":"AA=="}""",
        "InvalidParameterException")]
    [InlineData("CreateSecret", """{"Name":"a","SecretString":""}""", "InvalidParameterException")]
    [InlineData("CreateSecret", """{"Name":"a","ClientRequestToken":"short"}""", "ValidationException")]
    [InlineData("CreateSecret", """{"Name":"a","Tags":[{"Key":"k"},{"Key":"k"}]}""", "InvalidParameterException")]
    [InlineData("CreateSecret", """{"Name":"a","AddReplicaRegions":[]}""", "InvalidParameterException")]
    [InlineData("PutSecretValue", """{"SecretId":"there"}""", "InvalidParameterException")]
    [InlineData("PutSecretValue", """{"SecretId":"none","SecretString":"a"}""", "ResourceNotFoundException")]
    [InlineData("DeleteSecret", """{"SecretId":"there","RecoveryWindowInDays":6}""", "InvalidParameterException")]
    [InlineData("DeleteSecret",
        """{"SecretId":"there","RecoveryWindowInDays":7,"ForceDeleteWithoutRecovery":true}""",
        "InvalidParameterException")]
    [InlineData("ListSecrets", """{"NextToken":"?"}""", "InvalidNextTokenException")]
    [InlineData("ListSecrets", """{"Filters":[{"Key":"all","Values":["a"]}]}""", "InvalidParameterException")]
    [InlineData("RotateSecret", """{"SecretId":"there"}""", "UnknownOperationException")]
    public async Task What_is_not_valid_or_not_built_is_refused(string operation, string body, string code)
    {
        await using var secrets = await SecretsOnPortZero.StartAsync();
        await secrets.OkAsync("CreateSecret", """{"Name":"there"}""");

        Assert.Equal(code, (await secrets.ErrorAsync(operation, body)).Split(' ')[1]);
    }

    [Fact]
    public async Task The_list_has_pages_and_filters()
    {
        await using var secrets = await SecretsOnPortZero.StartAsync();
        foreach (var name in (string[])["b/2", "a/1", "b/1"])
            await secrets.OkAsync("CreateSecret", $$"""{"Name":"{{name}}","Description":"Of {{name}}"}""");

        Assert.Equal(["b/2", "b/1", "a/1"], await NamesAsync(secrets, "{}"));
        Assert.Equal(["b/1", "b/2"], await NamesAsync(
            secrets, """{"SortOrder":"asc","Filters":[{"Key":"name","Values":["b/"]}]}"""));
        Assert.Equal(["a/1"], await NamesAsync(secrets, """{"Filters":[{"Key":"name","Values":["!b/"]}]}"""));
        Assert.Equal(["a/1"], await NamesAsync(secrets, """{"Filters":[{"Key":"description","Values":["of a"]}]}"""));
        var page = await secrets.OkAsync("ListSecrets", """{"SortOrder":"asc","MaxResults":2}""");
        Assert.Equal(["b/2"], await NamesAsync(
            secrets, $$"""{"SortOrder":"asc","NextToken":"{{page.GetProperty("NextToken").GetString()}}"}"""));
    }

    [Fact]
    public async Task Each_call_is_an_action_on_the_secrets_ARN_and_is_charged()
    {
        var gate = new RecordingGate();
        await using var secrets = await SecretsOnPortZero.StartAsync(gate);
        var arn = (await secrets.OkAsync("CreateSecret", """{"Name":"a","SecretString":"one"}"""))
            .GetProperty("ARN").GetString();
        await secrets.ValueAsync("a");

        Assert.Equal(
            [
                ("secretsmanager:CreateSecret", "arn:aws:secretsmanager:us-east-1:000000000000:secret:a"),
                ("secretsmanager:GetSecretValue", arn),
            ],
            gate.Asked.SelectMany(asked => asked.Actions).Select(action => (action.Action, (string?)action.Resource)));
        var charges = secrets.World.Journal.After(0).Select(entry => entry.Fact).OfType<CallAnswered>()
            .SelectMany(call => call.Charges).ToLookup(charge => charge.Meter, charge => charge.Quantity);
        // The key that AWS manages is used once for each.
        Assert.Equal((2, 2), (charges[Meter.SecretRequests].Sum(), charges[Meter.KeyRequests].Sum()));
    }

    private static Task<JsonElement> PutAsync(
        SecretsOnPortZero secrets, string token, string value, string more = "") =>
        secrets.OkAsync(
            "PutSecretValue",
            $$"""{"SecretId":"a","SecretString":"{{value}}","ClientRequestToken":"{{token}}"{{more}}}""");

    private static async Task<string> KeyAsync(SecretsOnPortZero secrets) =>
        (await secrets.KmsAsync("CreateKey", "{}")).GetProperty("KeyMetadata").GetProperty("KeyId").GetString()!;

    private static async Task<string?[]> NamesAsync(SecretsOnPortZero secrets, string request) =>
        [.. (await secrets.OkAsync("ListSecrets", request)).GetProperty("SecretList").EnumerateArray()
            .Select(secret => secret.GetProperty("Name").GetString())];
}
