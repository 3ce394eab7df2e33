using Amazon.SimpleSystemsManagement;
using Isobar.Local.Tokens;
using Isobar.Local.Wire;

namespace Isobar.Stories.Parameters;

/// <summary>
/// The application's stack, with the shortest time to live of the authorizer's keys where the stories deploy it
/// themselves, and with a Parameter Store that can be away.
/// </summary>
public sealed class TokenKeysFixture : StackFixture
{
    private const string TimeToLive = "SSM_PARAMETER_STORE_TTL: !Ref TokenKeysTimeToLive\n";

    internal SourceGate Source { get; } = new();

    internal override IRequestGate? CallGate => Source;

    /// <exception cref="InvalidOperationException">The template has no time to live any more.</exception>
    internal override string Adapt(string template) =>
        template.Contains(TimeToLive, StringComparison.Ordinal)
            ? template.Replace(TimeToLive, "SSM_PARAMETER_STORE_TTL: 1\n", StringComparison.Ordinal)
            : throw new InvalidOperationException("The template says SSM_PARAMETER_STORE_TTL otherwise.");

    /// <summary>Changes the stack's keys as the command <c>isobar token keys</c> does.</summary>
    internal async Task ChangeAsync(Func<KeyRing, KeyRing> change)
    {
        using var client = new AmazonSimpleSystemsManagementClient(
            Stack.Place.Credentials, Stack.Place.Configure(new AmazonSimpleSystemsManagementConfig()));
        await new KeyParameter(client, Stack.Name).ChangeAsync(change, TestContext.Current.CancellationToken);
    }
}

/// <summary>The stack that the stories about its keys share.</summary>
[CollectionDefinition(Name)]
public sealed class TokenKeysStack : ICollectionFixture<TokenKeysFixture>
{
    public const string Name = "a stack whose keys change";
}
