using System.Text;
using Isobar.Domain;

namespace Isobar.Functions.Tests.Domain;

public sealed class CommonRowProperties
{
    /// <summary>The fast reader may decline anything, but never disagree with the definition.</summary>
    [Theory]
    [InlineData(3)]
    [InlineData(31337)]
    public void The_fast_reader_agrees_with_the_rules_on_mutated_rows(int seed)
    {
        seed = Seeds.Or(seed);
        var random = new Random(seed);
        var taken = 0;
        for (var number = 0; number < 200_000; number++)
        {
            var row = Encoding.ASCII.GetBytes(
                $"USW0009472{random.Next(10)},{random.Next(1690, 2210)}{random.Next(14):D2}{random.Next(33):D2},"
                + $"TM{(char)random.Next('A', 'Z')}X,{random.Next(-12000, 12000)},"
                + $"{(random.Next(4) > 0 ? "" : "T")},,W"
                + random.Next(4) switch { 0 => "", 1 => ",", 2 => $",{random.Next(2600):D4}", _ => ",0700" });
            for (var mutation = random.Next(3); mutation > 0; mutation--)
            {
                row[random.Next(row.Length)] =
                    (byte)(random.Next(2) == 0 ? random.Next(256) : "09AZaz,-_:/@["[random.Next(13)]);
            }

            if (random.Next(10) == 0) row = row[..random.Next(1, row.Length)];

            if (!CommonRow.TryRead(row, out var fast)) continue;
            taken++;
            var rule = AnyRow.Read(row, out var slow);
            Assert.True(rule == RowRule.None && slow.Equals(fast), $"seed {seed}: {Encoding.Latin1.GetString(row)}");
        }

        Assert.True(taken > 50_000, $"Only {taken} rows took the fast way.");
    }

    [Fact]
    public void Real_looking_rows_take_the_fast_way()
    {
        Assert.True(CommonRow.TryRead("USW00094728,20140103,PRCP,74,,,W,2400"u8, out _));
        Assert.True(CommonRow.TryRead("USW00094728,20140103,TMIN,-123,T,G,W,"u8, out _));
        Assert.True(CommonRow.TryRead("USW00094728,20140103,SNOW,0,,,"u8, out _));
    }
}
