namespace Isobar.Local.Tests.Services.Ssm;

/// <summary>Clients that nobody here wrote use Parameter Store and KMS together.</summary>
public sealed class ClientTests
{
    [Fact]
    public async Task The_SDK_for_JavaScript_keeps_a_secret_with_a_key_of_its_own()
    {
        await using var ssm = await SsmOnPortZero.StartAsync();

        var seen = await JavaScriptClient.RunAsync("Services/Ssm/round-trip.mjs", ssm.Address);

        Assert.Equal("""
            {"value":"hush","type":"SecureString","sealed":true,"byPath":["/app/secret"],"history":[["hush",["live"]]],
            "byLabel":"hush","decrypted":"hush","dataKey":32,"disabled":["InvalidKeyId",true],
            "missing":["none"],"tags":[{"Key":"team","Value":"data"}]}
            """.ReplaceLineEndings(""), seen.GetRawText());
    }

    [Fact]
    public async Task Boto3_keeps_a_secret_with_a_key_of_its_own()
    {
        await using var ssm = await SsmOnPortZero.StartAsync();

        var seen = await PythonClient.RunAsync("Services/Ssm/round-trip.py", ssm.Address);

        Assert.Equal("""
            {"value":"hush","sealed":true,"byPath":["/app/secret"],"described":["/app/secret"],"moved":true,
            "disabled":["InvalidKeyId",true],"context":"InvalidCiphertextException","pending":"PendingDeletion",
            "cancelled":"Disabled","aliases":["alias/app"]}
            """.ReplaceLineEndings(""), seen.ToJsonString());
    }
}
