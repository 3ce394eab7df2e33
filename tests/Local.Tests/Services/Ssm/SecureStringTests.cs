using System.Text.Json.Nodes;
using Isobar.Local.Costs;
using Isobar.Local.Tests.Wire;
using Isobar.Local.Wire;

namespace Isobar.Local.Tests.Services.Ssm;

public sealed class SecureStringTests
{
    private const string Arn = "arn:aws:ssm:us-east-1:000000000000:parameter/isobar/secret";

    [Theory]
    [InlineData("Standard", 6)]
    [InlineData("Standard", 4_096)]
    [InlineData("Advanced", 8_192)]
    public async Task A_secret_is_read_in_plain_only_with_decryption(string tier, int length)
    {
        await using var ssm = await SsmOnPortZero.StartAsync();
        var secret = new string('s', length);
        await ssm.PutSecretAsync("/isobar/secret", secret, ("Tier", tier));

        Assert.DoesNotContain("ssss", await ssm.ValueAsync("/isobar/secret", decrypted: false),
            StringComparison.Ordinal);
        Assert.Equal(secret, await ssm.ValueAsync("/isobar/secret", decrypted: true));
        var path = await ssm.OkAsync("GetParametersByPath", """{"Path":"/isobar","WithDecryption":true}""");
        Assert.Equal(secret, path.GetProperty("Parameters")[0].GetProperty("Value").GetString());
        var history = await ssm.OkAsync("GetParameterHistory", """{"Name":"/isobar/secret","WithDecryption":true}""");
        Assert.Equal((secret, "alias/aws/ssm"), (history.GetProperty("Parameters")[0].GetProperty("Value").GetString(),
            history.GetProperty("Parameters")[0].GetProperty("KeyId").GetString()));
        Assert.DoesNotContain(ssm.World.Journal.After(0), entry => entry.Fact.ToString()!.Contains("ssss"));
    }

    [Fact]
    public async Task The_ciphertext_is_of_the_key_and_bound_to_the_parameters_ARN()
    {
        await using var ssm = await SsmOnPortZero.StartAsync();
        var key = await ssm.CreateKeyAsync();
        await ssm.PutSecretAsync("/isobar/secret", "secret", ("KeyId", key));

        var decrypted = await ssm.KmsAsync("Decrypt", new JsonObject
        {
            ["CiphertextBlob"] = await ssm.ValueAsync("/isobar/secret", decrypted: false),
            ["EncryptionContext"] = new JsonObject { ["PARAMETER_ARN"] = Arn },
        });

        Assert.Equal(key, decrypted.GetProperty("KeyId").GetString());
        Assert.Equal("secret"u8.ToArray(), decrypted.GetProperty("Plaintext").GetBytesFromBase64());
    }

    [Theory]
    [InlineData("DisableKey", "is disabled.", "DisabledException", "EnableKey")]
    [InlineData("ScheduleKeyDeletion", "is pending deletion.", "KMSInvalidStateException", "CancelKeyDeletion")]
    public async Task A_key_that_can_not_be_used_fails_the_read_until_it_can_be_used(
        string stop, string message, string code, string start)
    {
        await using var ssm = await SsmOnPortZero.StartAsync();
        var key = await ssm.CreateKeyAsync();
        await ssm.KmsAsync("CreateAlias", new JsonObject { ["AliasName"] = "alias/own", ["TargetKeyId"] = key });
        await ssm.PutSecretAsync("/isobar/secret", "secret", ("KeyId", "alias/own"));

        await ssm.KmsAsync(stop, new JsonObject { ["KeyId"] = key });

        foreach (var (operation, request) in ((string, string)[])[
            ("GetParameter", """{"Name":"/isobar/secret","WithDecryption":true}"""),
            ("GetParameters", """{"Names":["/isobar/secret"],"WithDecryption":true}"""),
            ("GetParametersByPath", """{"Path":"/isobar","WithDecryption":true}"""),
            ("PutParameter", """{"Name":"b","Value":"x","Type":"SecureString","KeyId":"alias/own"}""")])
        {
            Assert.StartsWith(
                $"400 InvalidKeyId {key} {message} (Service: AWSKMS; Status Code: 400; Error Code: {code}; ",
                await ssm.ErrorAsync(operation, request), StringComparison.Ordinal);
        }

        Assert.NotEqual("", await ssm.ValueAsync("/isobar/secret", decrypted: false));
        await ssm.KmsAsync(start, new JsonObject { ["KeyId"] = key });
        await ssm.KmsAsync("EnableKey", new JsonObject { ["KeyId"] = key });
        Assert.Equal("secret", await ssm.ValueAsync("/isobar/secret", decrypted: true));
    }

    [Fact]
    public async Task A_key_that_is_not_there_is_refused()
    {
        await using var ssm = await SsmOnPortZero.StartAsync();

        Assert.StartsWith(
            "400 InvalidKeyId Alias arn:aws:kms:us-east-1:000000000000:alias/none is not found. (Service: AWSKMS; ",
            await ssm.ErrorAsync(
                "PutParameter", """{"Name":"a","Value":"x","Type":"SecureString","KeyId":"alias/none"}"""),
            StringComparison.Ordinal);
        Assert.Equal("400 ParameterNotFound", await ssm.ErrorAsync("GetParameter", """{"Name":"a"}"""));
    }

    [Fact]
    public async Task Where_no_service_has_keys_there_are_no_secrets()
    {
        await using var ssm = await SsmOnPortZero.StartAsync(withKeys: false);

        Assert.Equal("400 ValidationException The parameter type SecureString is not supported.",
            await ssm.ErrorAsync("PutParameter", """{"Name":"a","Value":"x","Type":"SecureString"}"""));
    }

    [Fact]
    public async Task An_own_key_needs_the_callers_permission_and_the_default_key_does_not()
    {
        var gate = new RecordingGate();
        await using var ssm = await SsmOnPortZero.StartAsync(gate);
        var key = await ssm.CreateKeyAsync();
        await ssm.PutSecretAsync("own", "secret", ("KeyId", key));
        await ssm.PutSecretAsync("default", "secret");
        gate.Asked.Clear();

        await ssm.ValueAsync("own", decrypted: true);
        await ssm.ValueAsync("default", decrypted: true);

        Assert.Equal(
            [
                "ssm:GetParameter arn:aws:ssm:us-east-1:000000000000:parameter/own", $"kms:Decrypt {key}",
                "ssm:GetParameter arn:aws:ssm:us-east-1:000000000000:parameter/default",
            ],
            gate.Asked.SelectMany(asked => asked.Actions).Select(action => $"{action.Action} {action.Resource}"));
    }

    [Fact]
    public async Task AWS_charges_for_a_request_to_KMS_with_each_decryption()
    {
        await using var ssm = await SsmOnPortZero.StartAsync();
        await ssm.PutSecretAsync("a", "secret");
        var before = ssm.World.Journal.LastSequence;

        await ssm.ValueAsync("a", decrypted: false);
        await ssm.ValueAsync("a", decrypted: true);

        var charged = Assert.Single(
            ssm.World.Journal.After(before).Select(entry => entry.Fact).OfType<CallAnswered>());
        Assert.Equal(("ssm", new Charge(Meter.KeyRequests, 1)), (charged.Service, Assert.Single(charged.Charges)));
    }

    [Fact]
    public async Task The_host_has_keys_for_its_secrets()
    {
        await using var host = await ServicesOnPortZero.StartAsync();

        Assert.Equal((200, """{"Tier":"Standard","Version":1}"""), await host.JsonAsync(
            "ssm", "AmazonSSM.PutParameter", """{"Name":"a","Value":"secret","Type":"SecureString"}"""));

        Assert.Contains("\"Value\":\"secret\"", (await host.JsonAsync(
            "ssm", "AmazonSSM.GetParameter", """{"Name":"a","WithDecryption":true}""")).Body,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_count_for_a_secret_of_the_standard_tier()
    {
        await using var ssm = await SsmOnPortZero.StartAsync();

        Assert.StartsWith("400 ValidationException Standard tier parameters support a maximum parameter value of 4096",
            await ssm.ErrorAsync("PutParameter",
                $$"""{"Name":"a","Value":"{{new string('é', 2_049)}}","Type":"SecureString"}"""),
            StringComparison.Ordinal);
    }
}
