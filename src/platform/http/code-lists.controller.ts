import { Controller, Get, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Public } from '../auth/permit';
import { AppError, defineErrors } from '../errors';
import { allCodeLists, CodeList, findCodeList } from './code-list';
import { TextField } from './fields';
import { ListField } from './structure-fields';
import { Operation } from './operation';
import { TextParam } from './params';
import { defineTag } from './tags';

const CODE_LISTS_TAG = defineTag('code-lists', { en: 'Enumerations with their labels', zh: '代码表' });

export const CODE_LIST_ERRORS = defineErrors({
  'CODE_LISTS.NOT_FOUND': { status: 404, title: { en: 'There is no such code list', zh: '代码表不存在' } },
});

export class CodeItemView {
  @TextField({ description: 'The value that requests and answers carry.', example: 'voltage-10kv', maxLength: 64 })
  code!: string;

  @TextField({ description: 'Chinese label.', example: '10千伏', maxLength: 128 })
  zh!: string;

  @TextField({ description: 'English label.', example: '10 kV', maxLength: 128 })
  en!: string;
}

export class CodeListView {
  @TextField({ description: 'Name of the list, as x-code-list in the contract names it.', example: 'voltages', maxLength: 64 })
  name!: string;

  @ListField(() => CodeItemView, { description: 'The values in their usual order.', maxItems: 500 })
  items!: CodeItemView[];
}

export class CodeListsView {
  @ListField(() => CodeListView, { description: 'All lists in alphabetical order.', maxItems: 500 })
  lists!: CodeListView[];
}

const toView = ({ name, items }: CodeList): CodeListView => ({ name, items: items.map(({ code, zh, en }) => ({ code, zh, en })) });

/** The enumerations of all modules with their labels, so that no screen has to repeat them. */
@ApiTags(CODE_LISTS_TAG)
@Controller('v1/code-lists')
export class CodeListsController {
  @Get()
  @Public()
  @Operation({ summary: 'All code lists with Chinese and English labels', responseType: CodeListsView })
  list(): CodeListsView {
    return { lists: allCodeLists().map(toView) };
  }

  @Get(':name')
  @Public()
  @Operation({ summary: 'One code list', responseType: CodeListView, errors: ['CODE_LISTS.NOT_FOUND'] })
  read(@Param('name', new TextParam({ maxLength: 64, pattern: /^[a-z0-9-]+$/ })) name: string): CodeListView {
    const found = findCodeList(name);
    if (!found) throw new AppError('CODE_LISTS.NOT_FOUND');
    return toView(found);
  }
}
