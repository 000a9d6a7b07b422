import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Actor, CurrentActor, Permit } from '../../../platform/auth';
import { IdParam, Operation, pageOf, type Page } from '../../../platform/http';
import * as dto from '../dto/reading.dto';
import { CorrectReading } from './correct-reading';
import { EnterReading } from './enter-reading';
import { ReadReadings } from './read-readings';
import { METERING_TAG } from '../metering.tags';

@ApiTags(METERING_TAG)
@Controller('v1/readings')
export class ReadingsController {
  constructor(
    private readonly enterReading: EnterReading,
    private readonly correctReading: CorrectReading,
    private readonly reader: ReadReadings,
  ) {}

  @Post()
  @Permit('metering.reading.enter')
  @Operation({
    summary: 'Enter a reading',
    description: 'A doubtful reading is kept with an open finding; an impossible one is refused; the same value again changes nothing.',
    errors: ['METERING.READING_REFUSED', 'METERING.READING_DUPLICATE'],
    responseType: dto.ReadingResult,
  })
  enter(@Body() input: dto.EnterReading, @CurrentActor() actor: Actor): Promise<dto.ReadingResult> {
    return this.enterReading.enter(input, actor);
  }

  @Get()
  @Permit('metering.reading.read')
  @Operation({ summary: 'List readings', responseType: pageOf(dto.ReadingView) })
  list(@Query() query: dto.ReadingQuery): Promise<Page<dto.ReadingView>> {
    return this.reader.page(query);
  }

  @Post(':readingId/corrections')
  @Permit('metering.reading.correct')
  @Operation({
    summary: 'Correct a reading',
    description: 'The wrong value stays on record, superseded; the next reading is judged again.',
    errors: ['METERING.READING_NOT_FOUND', 'METERING.READING_SUPERSEDED', 'METERING.READING_REFUSED', 'METERING.NOTHING_CHANGES'],
    responseType: dto.ReadingResult,
  })
  correct(@Param('readingId', IdParam) id: string, @Body() input: dto.CorrectReading, @CurrentActor() actor: Actor): Promise<dto.ReadingResult> {
    return this.correctReading.correct(id, input, actor);
  }
}
