using Isobar.Local.Deployment;
using Isobar.Local.Deployment.Updates;
using Isobar.Local.Ownership;
using Isobar.Local.Services.SecretsManager.Operations;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.SecretsManager;

/// <summary>Creates <c>AWS::SecretsManager::Secret</c>: Ref and GetAtt Id give the ARN.</summary>
/// <remarks>Source: AWS CloudFormation Template Reference, AWS::SecretsManager::Secret.</remarks>
/// <param name="of">The state of a Region.</param>
/// <param name="callerIn">Who encrypts for the stack, in a Region.</param>
internal sealed class SecretProvider(
    Func<string, Monitor<SecretsState>> of, Func<string, CallScope> callerIn, ServiceContext context)
    : IResourceProvider
{
    private const string Type = "AWS::SecretsManager::Secret";

    public IReadOnlyCollection<string> ResourceTypes { get; } = [Type];

    public TypeUpdates UpdatesOf(string type) => TypeUpdates.InPlace(Change, Delete) with
    {
        Replacement = ["Name"],
        NameProperty = "Name",
    };

    public ValueTask<DeployedResource> CreateAsync(
        ResourceDeclaration declaration, CancellationToken cancellationToken)
    {
        var properties = declaration.Properties;
        var name = properties.OptionalString("Name")
            ?? PhysicalName.Generate(declaration.Stack, declaration.LogicalId, maxLength: 64);
        var (description, key, tags) = (
            properties.OptionalString("Description"), properties.OptionalString("KmsKeyId"), TagsOf(properties));
        var value = ValueOf(properties);
        properties.Finish();
        var caller = callerIn(declaration.Stack.Region);
        var created = CreateSecret.Handle(
            of(caller.Region), new CreateSecretRequest(name, null, description, key, value, null, tags), caller,
            CipherFor(caller), context.Identifiers);
        return ValueTask.FromResult(new DeployedResource(
            declaration.LogicalId, Type, created.ARN, created.ARN,
            new Dictionary<string, string> { ["Id"] = created.ARN }));
    }

    private DeployedResource Change(ResourceUpdate update)
    {
        var properties = update.Declaration.Properties;
        properties.OptionalString("Name");
        var (description, key, tags) = (
            properties.OptionalString("Description") ?? "", properties.OptionalString("KmsKeyId"),
            TagsOf(properties));
        var value = ValueOf(properties);
        properties.Finish();
        var caller = callerIn(update.Declaration.Stack.Region);
        var arn = update.Existing.PhysicalId;
        UpdateSecret.Handle(
            of(caller.Region), new UpdateSecretRequest(arn, null, description, key, value, null), CipherFor(caller),
            context.Identifiers);
        of(caller.Region).Post((state, _) =>
        {
            var known = state.GetInUse(arn).Tags;
            known.Clear();
            foreach (var tag in tags) known[tag.Key!] = tag.Value ?? "";
        });
        return update.Existing;
    }

    private void Delete(ResourceDeletion deletion) => of(deletion.Declaration.Stack.Region).Post((state, _) =>
    {
        if (state.Find(deletion.Existing.PhysicalId) is { } secret) state.Remove(secret);
    });

    private SecretCipher CipherFor(CallScope caller) => new(context.Directory.Of<IEncryptionKeys>(), caller);

    private static TagShape[] TagsOf(PropertyReader properties) =>
    [
        .. (properties.OptionalList("Tags") ?? [])
            .Select(tag => new TagShape(tag.RequiredString("Key"), tag.RequiredString("Value"))),
    ];

    /// <returns>Null for a secret without a value.</returns>
    private string? ValueOf(PropertyReader properties)
    {
        var text = properties.OptionalString("SecretString");
        if (properties.OptionalMap("GenerateSecretString") is not { } wanted) return text;
        if (text is not null) properties.Refuse("GenerateSecretString", "and SecretString can't both be there");
        return GeneratedPassword.Read(wanted, context.Identifiers);
    }
}
