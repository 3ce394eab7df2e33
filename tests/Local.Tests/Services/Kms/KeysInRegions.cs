using System.Text.Json.Nodes;

namespace Isobar.Local.Tests.Services.Kms;

/// <summary>Aliases, as keys have no names: each with a key of its own.</summary>
internal sealed class KeysInRegions : IRegionalService
{
    private const string Target = "TrentService.";

    public string SigningName => "kms";

    public async Task<(int Status, string Body)> CreateAsync(ServicesOnPortZero host, string name, string region)
    {
        var (_, created) = await host.JsonAsync(SigningName, Target + "CreateKey", "{}", region);
        var key = (string?)JsonNode.Parse(created)!["KeyMetadata"]!["KeyId"];
        return await host.JsonAsync(SigningName, Target + "CreateAlias",
            $$"""{"AliasName":"alias/{{name}}","TargetKeyId":"{{key}}"}""", region);
    }

    public Task<(int Status, string Body)> ListAsync(ServicesOnPortZero host, string region) =>
        host.JsonAsync(SigningName, Target + "ListAliases", "{}", region);

    public Task<(int Status, string Body)>? Delete(ServicesOnPortZero host, string name, string region) =>
        host.JsonAsync(SigningName, Target + "DeleteAlias", $$"""{"AliasName":"alias/{{name}}"}""", region);
}
