using Isobar.Local.Deployment;
using Isobar.Local.Ownership;
using Isobar.Local.Services.Ssm.Operations;
using Isobar.Local.Wire;

namespace Isobar.Local.Services.Ssm;

/// <summary>
/// Creates <c>AWS::SSM::Parameter</c>: Ref gives the name, GetAtt Type and Value. As on AWS, no template makes a
/// SecureString.
/// </summary>
/// <remarks>Source: AWS CloudFormation Template Reference, AWS::SSM::Parameter.</remarks>
internal static class ParameterProvider
{
    public const string Type = "AWS::SSM::Parameter";

    /// <param name="overwrite">Whether the parameter is there and gets its next version.</param>
    public static DeployedResource Put(
        Monitor<SsmState> parameters, ResourceDeclaration declaration, bool overwrite)
    {
        var (properties, stack) = (declaration.Properties, declaration.Stack);
        var name = properties.OptionalString("Name")
            ?? PhysicalName.Generate(stack, declaration.LogicalId, maxLength: 64);
        var request = new PutParameterRequest(
            name, properties.RequiredString("Value"),
            properties.RequiredString("Type", ParameterKinds.Text, ParameterKinds.TextList),
            properties.OptionalString("DataType", ParameterKinds.TextData), overwrite,
            properties.OptionalString("Tier", ParameterKinds.Tiers),
            properties.OptionalString("Description") ?? "", null,
            properties.OptionalString("AllowedPattern") ?? "", null);
        var tags = Tag.Checked(
            [.. (properties.OptionalStringMap("Tags") ?? new Dictionary<string, string>())
                .Select(tag => new Tag(tag.Key, tag.Value))]);
        properties.Finish();
        PutParameter.Handle(parameters, request, new PutParameter.Writer(
            stack.Region, stack.AccountId, Principal.Root(stack.AccountId).Name, null));
        parameters.Post((state, _) =>
        {
            var known = state.Get(name).Tags;
            known.Clear();
            foreach (var (key, value) in tags) known[key] = value;
        });
        return new DeployedResource(declaration.LogicalId, Type, name, name, new Dictionary<string, string>
        {
            ["Type"] = request.Type!,
            ["Value"] = request.Value!,
        });
    }
}
