using System.Text.Json.Nodes;

namespace Isobar.Local.Tests.Services.Kms;

public sealed class AliasTests
{
    [Fact]
    public async Task An_alias_names_another_key_once_it_is_updated_and_old_ciphertexts_stay_readable()
    {
        await using var kms = await KmsOnPortZero.StartAsync();
        var (old, next) = (await kms.CreateKeyAsync(), await kms.CreateKeyAsync());
        await kms.OkAsync("CreateAlias", Alias("alias/reports", old));
        var before = await kms.EncryptAsync("alias/reports", "before");

        await kms.OkAsync("UpdateAlias", Alias("alias/reports", next));

        var after = await kms.OkAsync("Encrypt", new JsonObject
        {
            ["KeyId"] = KmsOnPortZero.ArnOf("alias/reports"), ["Plaintext"] = "YQ==",
        });
        Assert.Equal(KmsOnPortZero.ArnOf($"key/{next}"), after.GetProperty("KeyId").GetString());
        Assert.Equal("before", await kms.DecryptAsync(before));
        Assert.Equal("""{"Aliases":[],"Truncated":false}""",
            (await kms.OkAsync("ListAliases", new JsonObject { ["KeyId"] = old })).GetRawText());
        await kms.OkAsync("DeleteAlias", new JsonObject { ["AliasName"] = "alias/reports" });
        Assert.Equal("400 NotFoundException Alias arn:aws:kms:us-east-1:000000000000:alias/reports is not found.",
            await kms.ErrorAsync("DeleteAlias", new JsonObject { ["AliasName"] = "alias/reports" }));
    }

    [Theory]
    [InlineData("reports", "ValidationException Invalid identifier")]
    [InlineData("alias/aws/reports", "NotAuthorizedException")]
    [InlineData("alias/a:b", "ValidationException alias/a:b contains invalid characters for an alias")]
    [InlineData("alias/taken",
        "AlreadyExistsException An alias with the name arn:aws:kms:us-east-1:000000000000:alias/taken already exists")]
    [InlineData("alias/ä",
        "ValidationException 1 validation error detected: Value 'alias/ä' at 'aliasName' failed to satisfy "
        + "constraint: Member must satisfy regular expression pattern: ^[a-zA-Z0-9:/_-]+$")]
    public async Task A_name_that_an_alias_can_not_have_is_refused(string name, string error)
    {
        await using var kms = await KmsOnPortZero.StartAsync();
        var key = await kms.CreateKeyAsync();
        await kms.OkAsync("CreateAlias", Alias("alias/taken", key));

        Assert.Equal($"400 {error}", await kms.ErrorAsync("CreateAlias", Alias(name, key)));
    }

    [Fact]
    public async Task A_key_has_50_aliases_at_most_and_they_are_listed_in_pages()
    {
        await using var kms = await KmsOnPortZero.StartAsync();
        var key = await kms.CreateKeyAsync();
        var names = Enumerable.Range(0, 50).Select(i => $"alias/{i:00}").ToList();
        foreach (var name in names) await kms.OkAsync("CreateAlias", Alias(name, key));

        Assert.Equal("400 LimitExceededException The quota of aliases of a KMS key is reached.",
            await kms.ErrorAsync("CreateAlias", Alias("alias/more", key)));
        await PagedList.AssertNothingIsLostAsync(
            names, Deletion.WholePage,
            async marker =>
            {
                var page = await kms.OkAsync("ListAliases", new JsonObject { ["Limit"] = 20, ["Marker"] = marker });
                return (
                    [.. page.GetProperty("Aliases").EnumerateArray().Select(
                        alias => alias.GetProperty("AliasName").GetString()!)],
                    page.GetProperty("Truncated").GetBoolean() ? page.GetProperty("NextMarker").GetString() : null);
            },
            name => kms.OkAsync("DeleteAlias", new JsonObject { ["AliasName"] = name }));
    }

    [Fact]
    public async Task A_key_that_AWS_manages_is_made_on_demand_and_used_by_its_service_alone()
    {
        await using var kms = await KmsOnPortZero.StartAsync();

        var described = (await kms.OkAsync("DescribeKey", new JsonObject { ["KeyId"] = "alias/aws/ssm" }))
            .GetProperty("KeyMetadata");
        var key = described.GetProperty("KeyId").GetString()!;

        Assert.Equal("AWS", described.GetProperty("KeyManager").GetString());
        Assert.Equal(key, Assert.Single((await kms.OkAsync("ListAliases", [])).GetProperty("Aliases").EnumerateArray())
            .GetProperty("TargetKeyId").GetString());
        foreach (var (action, request) in ((string, JsonObject)[])[
            ("Encrypt", new JsonObject { ["KeyId"] = "alias/aws/ssm", ["Plaintext"] = "YQ==" }),
            ("DisableKey", new JsonObject { ["KeyId"] = key }),
            ("ScheduleKeyDeletion", new JsonObject { ["KeyId"] = key }),
            ("CreateAlias", Alias("alias/mine", key))])
        {
            Assert.Equal(
                $"400 AccessDeniedException User: arn:aws:iam::000000000000:root is not authorized to perform: "
                + $"kms:{action} on resource: {KmsOnPortZero.ArnOf($"key/{key}")} because no resource-based policy "
                + $"allows the kms:{action} action", await kms.ErrorAsync(action, request));
        }
    }

    private static JsonObject Alias(string name, string key) =>
        new() { ["AliasName"] = name, ["TargetKeyId"] = key };
}
