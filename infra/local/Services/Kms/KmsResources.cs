using Isobar.Local.Deployment;
using Isobar.Local.Deployment.Updates;
using Isobar.Local.Ownership;
using Isobar.Local.Services.Kms.Operations;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Kms;

/// <summary>
/// Creates <c>AWS::KMS::Key</c>, whose Ref is the key's id, and <c>AWS::KMS::Alias</c>, whose Ref is its name.
/// </summary>
/// <remarks>Source: AWS CloudFormation Template Reference, the types named here.</remarks>
/// <param name="of">The state of a Region.</param>
internal sealed class KmsResources(Func<string, Monitor<KmsState>> of, Identifiers identifiers) : IResourceProvider
{
    private const string KeyType = "AWS::KMS::Key";
    private const string AliasType = "AWS::KMS::Alias";

    public IReadOnlyCollection<string> ResourceTypes { get; } = [KeyType, AliasType];

    public TypeUpdates UpdatesOf(string type) => type == KeyType
        ? TypeUpdates.InPlace(ChangeKey, DeleteKey)
        : TypeUpdates.InPlace(ChangeAlias, DeleteAlias) with
        {
            Replacement = ["AliasName"],
            NameProperty = "AliasName",
        };

    public ValueTask<DeployedResource> CreateAsync(
        ResourceDeclaration declaration, CancellationToken cancellationToken) => ValueTask.FromResult(
            declaration.Type == KeyType ? CreateKey(declaration) : CreateAlias(declaration));

    private DeployedResource CreateKey(ResourceDeclaration declaration)
    {
        var change = ReadKey(declaration);
        var place = new KeyPlace(declaration.Stack.Region, declaration.Stack.AccountId);
        var key = of(declaration.Stack.Region).Ask(
            (state, now) => state.Add(change(KeyMaker.New(place, identifiers, now))));
        return new DeployedResource(
            declaration.LogicalId, KeyType, key.Id.ToString(), key.Id.ToString(), new Dictionary<string, string>
            {
                ["Arn"] = key.Arn,
                ["KeyId"] = key.Id.ToString(),
            });
    }

    private DeployedResource ChangeKey(ResourceUpdate update)
    {
        var change = ReadKey(update.Declaration);
        of(update.Declaration.Stack.Region).Post((state, _) => state.Replace(
            change(state.ChangeableNow(update.Existing.PhysicalId, "UpdateKey", CallerOf(update.Declaration)))));
        return update.Existing;
    }

    /// <summary>A key that leaves a stack waits for its deletion as any other.</summary>
    private void DeleteKey(ResourceDeletion deletion)
    {
        var days = deletion.Declaration.Properties.OptionalInt32(
            "PendingWindowInDays", KmsLimits.MinWaitDays, KmsLimits.MaxWaitDays) ?? KmsLimits.MaxWaitDays;
        of(deletion.Declaration.Stack.Region).Post((state, now) =>
        {
            if (state.ArnOf(deletion.Existing.PhysicalId) is null) return;
            var key = state.FindKey(deletion.Existing.PhysicalId);
            if (key.State != KeyState.PendingDeletion) KeyDeletion.Schedule(state, key, days, now);
        });
    }

    private DeployedResource CreateAlias(ResourceDeclaration declaration)
    {
        var alias = ReadAlias(declaration);
        Aliases.Create(of(declaration.Stack.Region), alias, CallerOf(declaration));
        return new DeployedResource(
            declaration.LogicalId, AliasType, alias.AliasName!, alias.AliasName!, new Dictionary<string, string>());
    }

    private DeployedResource ChangeAlias(ResourceUpdate update)
    {
        Aliases.Update(of(update.Declaration.Stack.Region), ReadAlias(update.Declaration),
            CallerOf(update.Declaration));
        return update.Existing;
    }

    private void DeleteAlias(ResourceDeletion deletion) =>
        of(deletion.Declaration.Stack.Region).Post((state, _) =>
        {
            if (state.Aliases.Any(alias => alias.Name == deletion.Existing.PhysicalId))
                state.DeleteAlias(deletion.Existing.PhysicalId);
        });

    private static string CallerOf(ResourceDeclaration declaration) =>
        Principal.Root(declaration.Stack.AccountId).Name;

    /// <returns>What the declaration makes of a new key, or of one that is there.</returns>
    private static Func<KmsKey, KmsKey> ReadKey(ResourceDeclaration declaration)
    {
        var properties = declaration.Properties;
        var description = properties.OptionalString("Description") ?? "";
        var policy = properties.OptionalJsonText("KeyPolicy");
        var enabled = properties.OptionalBoolean("Enabled") ?? true;
        var tags = (properties.OptionalList("Tags") ?? [])
            .Select(tag => new Tag(tag.RequiredString("Key"), tag.RequiredString("Value"))).ToList();
        properties.OptionalString("KeySpec", KeySpecs.Symmetric);
        properties.OptionalString("KeyUsage", KeySpecs.EncryptDecrypt);
        properties.OptionalString("Origin", KeySpecs.AwsKms);
        properties.OptionalInt32("PendingWindowInDays", KmsLimits.MinWaitDays, KmsLimits.MaxWaitDays);
        if (properties.OptionalBoolean("MultiRegion") is true)
            properties.Refuse("MultiRegion", "must be false here; keys of several Regions are not built");
        properties.Inert("EnableKeyRotation", "a rotation of a key's material is seen by no caller");
        properties.Inert("RotationPeriodInDays", "a rotation of a key's material is seen by no caller");
        properties.Inert("BypassPolicyLockoutSafetyCheck", "key policies are not evaluated");
        properties.Finish();
        var checkedTags = Tag.Checked(tags);
        if (policy is not null) KeyPolicies.Check(policy);
        return key => key with
        {
            Description = description,
            Policy = policy ?? key.Policy,
            State = enabled ? KeyState.Enabled : KeyState.Disabled,
            Tags = key.Tags.Clear().AddRange(checkedTags),
        };
    }

    private static AliasRequest ReadAlias(ResourceDeclaration declaration)
    {
        var properties = declaration.Properties;
        var alias = new AliasRequest(
            properties.RequiredString("AliasName"), properties.RequiredString("TargetKeyId"));
        properties.Finish();
        return alias;
    }
}
