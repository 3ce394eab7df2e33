namespace Isobar.Local.Tests.Services.SecretsManager;

internal sealed class SecretsInRegions : IRegionalService
{
    private const string Target = "secretsmanager.";

    public string SigningName => "secretsmanager";

    public Task<(int Status, string Body)> CreateAsync(ServicesOnPortZero host, string name, string region) =>
        host.JsonAsync(SigningName, Target + "CreateSecret", $$"""{"Name":"{{name}}"}""", region);

    public Task<(int Status, string Body)> ListAsync(ServicesOnPortZero host, string region) =>
        host.JsonAsync(SigningName, Target + "ListSecrets", """{"SortOrder":"asc"}""", region);

    public Task<(int Status, string Body)>? Delete(ServicesOnPortZero host, string name, string region) =>
        host.JsonAsync(SigningName, Target + "DeleteSecret", $$"""{"SecretId":"{{name}}"}""", region);
}
