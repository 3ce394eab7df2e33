using Isobar.Local.Deployment;
using Isobar.Local.Ownership;
using Isobar.Local.Services.Ssm.Operations;

namespace Isobar.Local.Services.Ssm;

/// <summary>Creates <c>AWS::SSM::Parameter</c>: Ref gives the name, GetAtt Type and Value.</summary>
/// <remarks>Source: AWS CloudFormation Template Reference, AWS::SSM::Parameter.</remarks>
internal static class ParameterProvider
{
    public const string Type = "AWS::SSM::Parameter";

    /// <param name="overwrite">Whether the parameter is there and gets its next version.</param>
    public static DeployedResource Put(
        Monitor<SsmState> parameters, ResourceDeclaration declaration, bool overwrite)
    {
        var properties = declaration.Properties;
        var name = properties.OptionalString("Name")
            ?? PhysicalName.Generate(declaration.Stack, declaration.LogicalId, maxLength: 64);
        var request = new PutParameterRequest(
            name, properties.RequiredString("Value"), properties.RequiredString("Type", PutParameter.StringType),
            properties.OptionalString("DataType", PutParameter.TextData), overwrite,
            properties.OptionalString("Tier", PutParameter.StandardTier));
        properties.Inert("Description", "no operation that is built shows it");
        properties.Inert("Tags", "tags are neither shown nor used for permissions");
        properties.Finish();
        PutParameter.Handle(parameters, request, declaration.Stack.Region, declaration.Stack.AccountId);
        return new DeployedResource(declaration.LogicalId, Type, name, name, new Dictionary<string, string>
        {
            ["Type"] = PutParameter.StringType,
            ["Value"] = request.Value!,
        });
    }
}
