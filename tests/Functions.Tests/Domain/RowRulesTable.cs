using System.Text;
using Isobar.Domain;

namespace Isobar.Functions.Tests.Domain;

public sealed class RowRulesTable
{
    [Theory]
    [InlineData("USW00094728,20140103,PRCP,74,,,W,2400")]
    [InlineData("USW00094728,20140103,PRCP,74,,,W,")]
    [InlineData("USW00094728,20140103,PRCP,74,,,W")]
    [InlineData("USW00094728,20140103,PRCP,-999999,T,,,0000")]
    [InlineData("A_-Z0000000,17000101,0000,0,,,")]
    [InlineData("USW00094728,20000229,TMAX,000001,,,")]
    [InlineData("USW00094728,21991231,TMAX,-0,é,,☂,0700")]
    [InlineData("USW00094728,20140103,TMAX,9999,\",,\t,1260")]
    [InlineData("USW00094728,20140103,PRCP,74, , , , ")]
    [InlineData("USW00094728,20140103,PRCP,74,  ,   ,    ,    ")]
    [InlineData("USW00094728,20140103,PRCP,74,T, ,W,2400")]
    [InlineData("USW00094728,20140103,PRCP,74,,  ,,0700")]
    public void A_well_formed_row_is_accepted(string row) => Assert.Equal("accepted", Describe(row));

    [Theory]
    [InlineData("ID,DATE,ELEMENT,DATA_VALUE,M_FLAG,Q_FLAG,S_FLAG,OBS_TIME", "row:header")]
    [InlineData("ID,", "row:header")]
    [InlineData("ID", "row:fields")]
    [InlineData("x", "row:fields")]
    [InlineData("USW00094728,20140103,PRCP,74,,", "row:fields")]
    [InlineData("USW00094728,20140103,PRCP,74,,,W,2400,", "row:fields")]
    [InlineData("USW0009472,20140103,PRCP,74,,,W", "id:length")]
    [InlineData("USW000947288,20140103,PRCP,74,,,W", "id:length")]
    [InlineData("usW00094728,20140103,PRCP,74,,,W", "id:characters")]
    [InlineData("USW0009472é,20140103,PRCP,74,,,W", "id:length")]
    [InlineData("\"USW0009472,20140103,PRCP,74,,,W", "id:characters")]
    [InlineData("USW00094728,2014013,PRCP,74,,,W", "date:format")]
    [InlineData("USW00094728,2014-1-3,PRCP,74,,,W", "date:format")]
    [InlineData("USW00094728,2014010:,PRCP,74,,,W", "date:format")]
    [InlineData("USW00094728,2014010/,PRCP,74,,,W", "date:format")]
    [InlineData("USW00094728,16991231,PRCP,74,,,W", "date:year")]
    [InlineData("USW00094728,22000101,PRCP,74,,,W", "date:year")]
    [InlineData("USW00094728,20140230,PRCP,74,,,W", "date:calendar")]
    [InlineData("USW00094728,19000229,PRCP,74,,,W", "date:calendar")]
    [InlineData("USW00094728,20140001,PRCP,74,,,W", "date:calendar")]
    [InlineData("USW00094728,20141301,PRCP,74,,,W", "date:calendar")]
    [InlineData("USW00094728,20140100,PRCP,74,,,W", "date:calendar")]
    [InlineData("USW00094728,20140431,PRCP,74,,,W", "date:calendar")]
    [InlineData("USW00094728,20140103,PRC,74,,,W", "element:length")]
    [InlineData("USW00094728,20140103,,74,,,W", "element:length")]
    [InlineData("USW00094728,20140103,prcp,74,,,W", "element:characters")]
    [InlineData("USW00094728,20140103,PR_P,74,,,W", "element:characters")]
    [InlineData("USW00094728,20140103,PRCP,,,,W", "value:format")]
    [InlineData("USW00094728,20140103,PRCP,-,,,W", "value:format")]
    [InlineData("USW00094728,20140103,PRCP,+74,,,W", "value:format")]
    [InlineData("USW00094728,20140103,PRCP,7.4,,,W", "value:format")]
    [InlineData("USW00094728,20140103,PRCP, 74,,,W", "value:format")]
    [InlineData("USW00094728,20140103,PRCP,1234567,,,W", "value:format")]
    [InlineData("USW00094728,20140103,PRCP,--74,,,W", "value:format")]
    [InlineData("USW00094728,20140103,PRCP,74,TT,,W", "m_flag:length")]
    [InlineData("USW00094728,20140103,PRCP,74,,GG,W", "q_flag:length")]
    [InlineData("USW00094728,20140103,PRCP,74,,,WW", "s_flag:length")]
    [InlineData("USW00094728,20140103,PRCP,74, T,,W", "m_flag:length")]
    [InlineData("USW00094728,20140103,PRCP,74,,G ,W", "q_flag:length")]
    [InlineData("USW00094728,20140103,PRCP,74,,\t\t,W", "q_flag:length")]
    [InlineData("USW00094728,20140103,PRCP,74,,,W, 700", "time:format")]
    [InlineData("USW00094728,20140103,PRCP,74,,,W,700", "time:format")]
    [InlineData("USW00094728,20140103,PRCP,74,,,W,07:0", "time:format")]
    [InlineData("USW00094728,20140103,PRCP,74,,,W,07000", "time:format")]
    [InlineData("USW00094728,20140103,PRCP,74,,,W,2401", "time:range")]
    [InlineData("USW00094728,20140103,PRCP,74,,,W,2400\r", "time:format")]
    public void A_malformed_row_names_the_field_and_the_rule(string row, string reason) =>
        Assert.Equal(reason, Describe(row));

    [Theory]
    [InlineData("USW0009472,20149999,prcp,x,TT,GG,WW,9", "id:length")]
    [InlineData("USW00094728,20149999,prcp,x,TT,GG,WW,9", "date:calendar")]
    [InlineData("USW00094728,20140101,prcp,x,TT,GG,WW,9", "element:characters")]
    [InlineData("USW00094728,20140101,PRCP,x,TT,GG,WW,9", "value:format")]
    [InlineData("USW00094728,20140101,PRCP,1,TT,GG,WW,9", "m_flag:length")]
    [InlineData("ID,", "row:header")]
    public void The_first_broken_rule_in_field_order_is_the_reason(string row, string reason) =>
        Assert.Equal(reason, Describe(row));

    [Theory]
    [InlineData("USW00094728,20140103,PRCP,-9999,,,W,2400", "missing")]
    [InlineData("USW00094728,20140103,PRCP,-09999,,,W,2400", "missing")]
    [InlineData("USW00094728,20140103,PRCP,-9999,,G,W,2400", "missing")]
    [InlineData("USW00094728,20140103,PRCP,-9999,,GG,W,2400", "q_flag:length")]
    [InlineData("USW00094728,20140103,PRCP,-9999,,,W,2401", "time:range")]
    [InlineData("USW00094728,20140103,PRCP,74,,G,W,2400", "quality:G")]
    [InlineData("USW00094728,20140103,PRCP,74,,é,W,2400", "quality:é")]
    [InlineData("USW00094728,20140103,PRCP,74,,\u00A0,W,2400", "quality:\u00A0")]
    [InlineData("USW00094728,20140103,PRCP,-9999,, ,W,2400", "missing")]
    [InlineData("USW00094728,20140103,PRCP,74,,G,W,9999", "time:range")]
    public void Malformed_comes_before_missing_before_flagged(string row, string outcome) =>
        Assert.Equal(outcome, Describe(row));

    [Fact]
    public void A_byte_that_is_no_character_is_no_flag()
    {
        byte[] row = [.. "USW00094728,20140103,PRCP,74,"u8, 0xE9, .. ",,W"u8];
        Assert.Equal(RowOutcome.Malformed, RowParser.Parse(row, out _, out var rule));
        Assert.Equal("m_flag:length", rule.Reason());
    }

    [Fact]
    public void Every_field_of_an_accepted_row_is_read()
    {
        RowParser.Parse("USW00094728,20140103,TMIN,-123,T,,W,0735"u8, out var row, out _);
        Assert.Equal("USW00094728", row.Station.ToString());
        Assert.Equal("TMIN", row.Element.ToString());
        Assert.Equal((2014, 1, 3, -123, 735), (row.Year, row.Month, row.Day, row.Value, row.Time));
        Assert.Equal(('T', true, 'W'),
            ((char)row.Measurement.Character.Value, row.Quality.IsEmpty, (char)row.Source.Character.Value));
    }

    [Fact]
    public void Every_rule_has_a_reason_of_its_own()
    {
        var reasons = Enum.GetValues<RowRule>().Select(rule => rule.Reason()).ToList();
        Assert.Equal(reasons.Count, reasons.Distinct().Count());
    }

    internal static string Describe(string row)
    {
        var outcome = RowParser.Parse(Encoding.UTF8.GetBytes(row), out var observation, out var rule);
        return outcome switch
        {
            RowOutcome.Malformed => rule.Reason(),
            RowOutcome.Flagged => $"quality:{observation.Quality.Character}",
            _ => outcome.ToString().ToLowerInvariant(),
        };
    }
}
